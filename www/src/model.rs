//! An opened model in the browser's memory: all of it, or its head and the articles added so far.

use crate::input;
use crate::protocol::{ModelQuery, QuestionKind};
use crate::shared::Shared;
use crate::shopper::Shopper;
use crate::timing::Timing;
use crate::wire::{QueryReader, ReplyWriter};
use inseam::format::{self, Head};
use inseam::infer;
use inseam::model::MeasurementKind;
use inseam::recommend::{self, Question};
use inseam::size::{Label, System};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Performance;

/// Blocks in a run. A page that needs one block for a past purchase requests its whole run, so that
/// the server can't tell which article was bought (`docs/privacy.md`).
const RUN_BLOCKS: usize = 8;

/// An opened model.
#[wasm_bindgen]
pub struct Model {
    head: Head,
    shared: Rc<Shared>,
    /// For each block of the file whether its articles are in `model`.
    held: Vec<bool>,
}

#[wasm_bindgen]
impl Model {
    /// The length of a file's head in bytes, from the file's first 32 bytes.
    ///
    /// # Errors
    /// What is wrong, where these bytes do not begin a model.
    #[wasm_bindgen(js_name = headLength)]
    pub fn head_length(start: &[u8]) -> Result<usize, String> {
        format::head_length(start).map_err(|fault| fault.message())
    }

    /// How many bytes of a head its signature covers; the signature follows them. Undefined where
    /// the head is not signed.
    ///
    /// # Errors
    /// What is wrong, where the head is not complete.
    #[wasm_bindgen(js_name = signedLength)]
    pub fn signed_length(head: &[u8]) -> Result<Option<usize>, String> {
        let (signed, signature) = format::signature(head).map_err(|fault| fault.message())?;
        Ok(signature.map(|_| signed.len()))
    }

    /// Opens a model from the bytes of a whole file, or from its head alone. Then
    /// [`add_block`](Self::add_block) and [`add_record`](Self::add_record) add its articles. The
    /// work of the model and of its shoppers is recorded in `performance`, if there is one.
    ///
    /// # Errors
    /// What is wrong, with the offset of the first byte at fault.
    pub fn open(
        bytes: &[u8],
        whole: bool,
        performance: Option<Performance>,
    ) -> Result<Model, String> {
        let timing = Timing(performance);
        let read = || if whole { Head::read_all(bytes) } else { Head::read(bytes) };
        let (head, model) = timing.measure("inseam:open", read).map_err(|fault| fault.message())?;
        let held = vec![whole; head.blocks()];
        let shared = Shared { model: RefCell::new(model), timing };
        Ok(Self { head, shared: Rc::new(shared), held })
    }

    /// Adds the articles of a block.
    ///
    /// # Errors
    /// What is wrong, where the bytes do not have the digest in the head.
    #[wasm_bindgen(js_name = addBlock)]
    pub fn add_block(&mut self, block: usize, bytes: &[u8]) -> Result<(), String> {
        let articles = self
            .head
            .block(&self.shared.model.borrow(), block, bytes)
            .map_err(|fault| fault.message())?;
        self.shared.model.borrow_mut().hold(articles);
        self.held[block] = true;
        Ok(())
    }

    /// Removes the articles of a block, to free memory.
    #[wasm_bindgen(js_name = dropBlock)]
    pub fn drop_block(&mut self, block: usize) {
        if let Some(held) = self.held.get_mut(block) {
            *held = false;
            self.shared.model.borrow_mut().release(self.head.keys(block));
        }
    }

    /// Adds the article of a record.
    ///
    /// # Errors
    /// What is wrong, where the record is damaged or belongs to another version of the model.
    #[wasm_bindgen(js_name = addRecord)]
    pub fn add_record(&mut self, record: &[u8]) -> Result<(), String> {
        let article = self
            .head
            .read_record(&self.shared.model.borrow(), record)
            .map_err(|fault| fault.message())?;
        self.shared.model.borrow_mut().hold(vec![article]);
        Ok(())
    }

    /// Answers a query: the number of a [`ModelQuery`], then its arguments. Undefined for a query
    /// with a number that the protocol does not have.
    #[must_use]
    pub fn ask(&self, query: &[u8]) -> Option<Vec<u8>> {
        let (mut query, mut reply) = (QueryReader(query), ReplyWriter::default());
        self.answer(&mut query, &mut reply)?;
        Some(reply.0)
    }

    /// A shopper with the history, body and preference in the query. Undefined for a query with
    /// a number that the protocol does not have.
    #[must_use]
    pub fn shopper(&self, query: &[u8]) -> Option<Shopper> {
        let mut query = QueryReader(query);
        let purchases = input::history(&mut query)?;
        let model = self.shared.model.borrow();
        let body = input::body(&mut query, &model.measurements)?;
        let infer = || infer::personas(&model, &purchases, &body);
        let account = self.shared.timing.measure("inseam:shopper", infer);
        Some(Shopper::new(Rc::clone(&self.shared), account, query.number()))
    }
}

impl Model {
    fn answer(&self, query: &mut QueryReader<'_>, reply: &mut ReplyWriter) -> Option<()> {
        match query.one_of(ModelQuery::ALL)? {
            ModelQuery::About => self.about(reply),
            ModelQuery::MissingBlocks => {
                query.texts().into_iter().for_each(|article| self.missing_block(article, reply));
            }
            ModelQuery::Article => self.article(query.text().unwrap_or_default(), reply),
            ModelQuery::Scales => self.scales(query.text().unwrap_or_default(), reply),
            ModelQuery::KnowsSystem => {
                reply.count(query.text().and_then(System::parse).is_some().into());
            }
            ModelQuery::Questions => self.questions(query, reply)?,
            ModelQuery::Canonical => {
                for text in query.texts() {
                    let label = Label::parse(text);
                    reply.text(label.as_ref().map_or("", Label::as_str));
                }
            }
        }
        Some(())
    }

    /// Writes the model's name, which is a digest of its head and so identifies the whole file; the
    /// length of the whole file in bytes; the names of its fit groups; and for each of its body
    /// measurements the name, the mean and standard deviation, NaN where it is a word, and the
    /// levels, none where it is a number.
    fn about(&self, reply: &mut ReplyWriter) {
        let model = self.shared.model.borrow();
        let mut name = String::new();
        for byte in self.head.name() {
            for nibble in [byte >> 4, byte & 15] {
                name.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        reply.text(&name);
        reply.count(self.head.file_length());
        reply.count(model.groups.len());
        model.groups.iter().for_each(|group| reply.text(&group.name));
        for measurement in &model.measurements {
            reply.text(&measurement.name);
            let (mean, sd, levels): (f64, f64, &[String]) = match &measurement.kind {
                MeasurementKind::Numeric { mean, sd } => (*mean, *sd, &[]),
                MeasurementKind::Categorical { levels } => (f64::NAN, f64::NAN, levels),
            };
            reply.number(mean);
            reply.number(sd);
            reply.count(levels.len());
            levels.iter().for_each(|level| reply.text(level));
        }
    }

    /// Writes the block that has to be added before the model knows an article: its number, the
    /// offset of its first byte in the file, and the offset behind its last; then the same of the
    /// run of blocks around it: the number of its first block, the number behind its last, and its
    /// offsets. Writes nothing where the model has the block or the article.
    fn missing_block(&self, article: &str, reply: &mut ReplyWriter) {
        let block = self.head.block_of(article);
        if !self.held[block] && self.shared.model.borrow().article(article).is_none() {
            let span = self.head.span(block);
            let first = block - block % RUN_BLOCKS;
            let behind = (first + RUN_BLOCKS).min(self.head.blocks());
            let (start, end) = (self.head.span(first).start, self.head.span(behind - 1).end);
            [block, span.start, span.end, first, behind, start, end]
                .into_iter()
                .for_each(|number| reply.count(number));
        }
    }

    /// Writes an article's brand, category, fit group and size system; the mean and standard
    /// deviation of its offset and of its spread; and for every size its label, its position and
    /// how large it runs. Writes nothing for an article that the model does not know.
    fn article(&self, id: &str, reply: &mut ReplyWriter) {
        let model = &*self.shared.model.borrow();
        let Some(article) = model.article(id) else { return };
        let brand = &model.brands[article.brand as usize];
        let scale = &model.scales[usize::from(article.scale)];
        let group = &model.groups[usize::from(brand.group)];
        for text in [&brand.name, &brand.category, &group.name, scale.system.name()] {
            reply.text(text);
        }
        reply.belief(article.offset);
        reply.belief(article.spread);
        for (i, size) in article.sizes.iter().enumerate() {
            let label = &scale.labels[usize::from(size.label)];
            reply.text(&label.text);
            reply.number(label.position);
            reply.number(infer::SizedGarment::new(model, article, i).runs());
        }
    }

    /// Writes the size scales of a fit group: for each its size system, and its labels with their
    /// positions. Writes nothing for a group that the model does not have.
    fn scales(&self, group: &str, reply: &mut ReplyWriter) {
        let model = self.shared.model.borrow();
        let index = model.group_index(group);
        for scale in model.scales.iter().filter(|scale| Some(usize::from(scale.group)) == index) {
            reply.text(scale.system.name());
            reply.count(scale.labels.len());
            for label in &scale.labels {
                reply.text(&label.text);
                reply.number(label.position);
            }
        }
    }

    /// Writes the questions that would help to advise a shopper with this history and body on an
    /// article, the most informative first: for each its kind, its name, and its expected
    /// information in nats. Writes nothing for an article that the model does not know.
    fn questions(&self, query: &mut QueryReader<'_>, reply: &mut ReplyWriter) -> Option<()> {
        let purchases = input::history(query)?;
        let model = self.shared.model.borrow();
        let body = input::body(query, &model.measurements)?;
        let Some(article) = model.article(query.text().unwrap_or_default()) else {
            return Some(());
        };
        let brands = query.texts();
        for worth in recommend::questions(&model, &purchases, &body, article, &brands) {
            let (kind, name) = match worth.question {
                Question::Measurement(name) => (QuestionKind::Measurement, name),
                Question::Brand(name) => (QuestionKind::Brand, name),
            };
            reply.count(kind as usize);
            reply.text(name);
            reply.number(worth.nats);
        }
        Some(())
    }
}
