//! A model in the browser's memory: whole, or its head and the articles that were asked for so far.

use crate::given;
use crate::shopper::Shopper;
use crate::wire::{Answer, Asked, answered};
use inseam::format::{self, Head};
use inseam::infer;
use inseam::model::MeasurementKind;
use inseam::recommend::{self, Question};
use inseam::size::System;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// An opened model.
#[wasm_bindgen]
pub struct Model {
    head: Head,
    // Shoppers share it, and see the articles that come later.
    model: Rc<RefCell<inseam::Model>>,
    /// Blocks that are held.
    held: Vec<bool>,
}

#[wasm_bindgen]
impl Model {
    /// How many bytes of a file its head takes, by the first 32.
    ///
    /// # Errors
    /// What is wrong, where they begin no model.
    #[wasm_bindgen(js_name = headLength)]
    pub fn head_length(start: &[u8]) -> Result<usize, String> {
        format::head_length(start).map_err(|fault| fault.message())
    }

    /// What a head's signature signs, as its number of bytes; undefined where it is not signed. The
    /// signature follows.
    ///
    /// # Errors
    /// What is wrong, where the head is not whole.
    #[wasm_bindgen(js_name = signedLength)]
    pub fn signed_length(head: &[u8]) -> Result<Option<usize>, String> {
        let (signed, signature) = format::signature(head).map_err(|fault| fault.message())?;
        Ok(signature.map(|_| signed.len()))
    }

    /// Opens a model from a file's bytes: from all of them, or from its head, and its articles come
    /// later, by [`add_block`](Self::add_block) and [`add_record`](Self::add_record).
    ///
    /// # Errors
    /// What is wrong, with the offset of the first byte at fault.
    pub fn open(bytes: &[u8], whole: bool) -> Result<Model, String> {
        let (head, model) = if whole { Head::read_all(bytes) } else { Head::read(bytes) }
            .map_err(|fault| fault.message())?;
        let held = vec![whole; head.blocks()];
        Ok(Self { head, model: Rc::new(RefCell::new(model)), held })
    }

    /// Adds the articles of a block.
    ///
    /// # Errors
    /// What is wrong, where the bytes are not those that the head pins.
    #[wasm_bindgen(js_name = addBlock)]
    pub fn add_block(&mut self, block: usize, bytes: &[u8]) -> Result<(), String> {
        let articles =
            self.head.block(&self.model.borrow(), block, bytes).map_err(|fault| fault.message())?;
        self.model.borrow_mut().hold(articles);
        self.held[block] = true;
        Ok(())
    }

    /// Gives the articles of a block up again.
    #[wasm_bindgen(js_name = dropBlock)]
    pub fn drop_block(&mut self, block: usize) {
        if let Some(held) = self.held.get_mut(block) {
            *held = false;
            self.model.borrow_mut().release(self.head.keys(block));
        }
    }

    /// Adds the article of a record.
    ///
    /// # Errors
    /// What is wrong, where the record is damaged or belongs to another version of the model.
    #[wasm_bindgen(js_name = addRecord)]
    pub fn add_record(&mut self, record: &[u8]) -> Result<(), String> {
        let article =
            self.head.read_record(&self.model.borrow(), record).map_err(|fault| fault.message())?;
        self.model.borrow_mut().hold(vec![article]);
        Ok(())
    }

    /// Answers a question: its number (`ASK` in `ts/answers.ts`), then what belongs to it.
    #[must_use]
    pub fn ask(&self, question: &[u8]) -> Vec<u8> {
        answered(question, |what, asked, answer| match what {
            0 => self.about(answer),
            1 => asked.texts().into_iter().for_each(|article| self.wants(article, answer)),
            2 => self.article(asked.text().unwrap_or_default(), answer),
            3 => self.scales(asked.text().unwrap_or_default(), answer),
            4 => answer.count(asked.text().and_then(System::parse).is_some().into()),
            _ => self.questions(asked, answer),
        })
    }

    /// A shopper: history, body and preference.
    #[must_use]
    pub fn shopper(&self, given: &[u8]) -> Shopper {
        let mut asked = Asked(given);
        let purchases = given::history(&mut asked);
        let model = self.model.borrow();
        let body = given::body(&mut asked, &model.measurements);
        let account = infer::personas(&model, &purchases, &body);
        Shopper::new(Rc::clone(&self.model), account, asked.number())
    }
}

impl Model {
    /// What it is: its name, a digest of its head, which pins all the rest; the length of the whole
    /// file, bytes; the names of its fit groups; and of each body measurement that it can use the
    /// name and the levels, where they are words.
    fn about(&self, answer: &mut Answer) {
        let model = self.model.borrow();
        let mut name = String::new();
        for byte in self.head.name() {
            for nibble in [byte >> 4, byte & 15] {
                name.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        answer.text(&name);
        answer.count(self.head.file_length());
        answer.count(model.groups.len());
        model.groups.iter().for_each(|group| answer.text(&group.name));
        for measurement in &model.measurements {
            answer.text(&measurement.name);
            let levels: &[String] = match &measurement.kind {
                MeasurementKind::Numeric { .. } => &[],
                MeasurementKind::Categorical { levels } => levels,
            };
            answer.count(levels.len());
            levels.iter().for_each(|level| answer.text(level));
        }
    }

    /// The block that has to be had for an article: its number, its first byte in the file, and the
    /// first beyond it. Nothing where it is held, or the article itself.
    fn wants(&self, article: &str, answer: &mut Answer) {
        let block = self.head.block_of(article);
        if !self.held[block] && self.model.borrow().article(article).is_none() {
            let span = self.head.span(block);
            [block, span.start, span.end].into_iter().for_each(|number| answer.count(number));
        }
    }

    /// What is believed of an article: brand, category, group, system; means and sds of offset and
    /// spread; and of every size the label, its position, and how it runs. Nothing if the model has
    /// never met it.
    fn article(&self, id: &str, answer: &mut Answer) {
        let model = &*self.model.borrow();
        let Some(article) = model.article(id) else { return };
        let brand = &model.brands[article.brand as usize];
        let scale = &model.scales[usize::from(article.scale)];
        let group = &model.groups[usize::from(brand.group)];
        for text in [&brand.name, &brand.category, &group.name, scale.system.name()] {
            answer.text(text);
        }
        answer.belief(article.offset);
        answer.belief(article.spread);
        for (i, size) in article.sizes.iter().enumerate() {
            let label = &scale.labels[usize::from(size.label)];
            answer.text(&label.text);
            answer.number(label.position);
            answer.number(infer::SizedGarment::new(model, article, i).runs());
        }
    }

    /// The size scales of a fit group: of each its system, and its labels with their positions.
    /// Nothing for a group the model does not have.
    fn scales(&self, group: &str, answer: &mut Answer) {
        let model = self.model.borrow();
        let index = model.group_index(group);
        for scale in model.scales.iter().filter(|scale| Some(usize::from(scale.group)) == index) {
            answer.text(scale.system.name());
            answer.count(scale.labels.len());
            for label in &scale.labels {
                answer.text(&label.text);
                answer.number(label.position);
            }
        }
    }

    /// The questions that could help a shopper with this history and body on an article, brands
    /// among them, the most telling first: of each whether it is about a brand, its name, and its
    /// worth in nats. None for an article that the model has never met.
    fn questions(&self, asked: &mut Asked<'_>, answer: &mut Answer) {
        let purchases = given::history(asked);
        let model = self.model.borrow();
        let body = given::body(asked, &model.measurements);
        let Some(article) = model.article(asked.text().unwrap_or_default()) else { return };
        for worth in recommend::questions(&model, &purchases, &body, article, &asked.texts()) {
            let (brand, name) = match worth.question {
                Question::Measurement(name) => (0, name),
                Question::Brand(name) => (1, name),
            };
            answer.count(brand);
            answer.text(name);
            answer.number(worth.nats);
        }
    }
}
