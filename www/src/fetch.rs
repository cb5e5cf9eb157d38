//! A file over HTTP, in a window, a worker or anything else with a global `fetch`.

use crate::error::{DAMAGED, UNREACHABLE, error};
use js_sys::{Error, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// No model for a page is anywhere near this; a file that is would only fill the memory.
const MAX_BYTES: u32 = 256 << 20;

#[wasm_bindgen]
extern "C" {
    // The global function and not a method of Window: workers have one too.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str) -> Result<Promise, JsValue>;
}

/// The whole file.
pub(crate) async fn bytes(url: &str) -> Result<Vec<u8>, Error> {
    let unreachable = |what: &str| error(UNREACHABLE, &format!("no model from {url}: {what}"));
    let failed = |thrown: JsValue| {
        let message = thrown.dyn_ref::<Error>().map(|e| String::from(e.message()));
        unreachable(message.as_deref().unwrap_or("the request failed"))
    };
    let answer = JsFuture::from(global_fetch(url).map_err(failed)?).await.map_err(failed)?;
    let response: Response = answer.dyn_into().map_err(|_| unreachable("fetch gave no response"))?;
    if !response.ok() {
        return Err(unreachable(&format!("HTTP status {}", response.status())));
    }
    let too_long = || error(DAMAGED, &format!("{url} is over {MAX_BYTES} bytes, which no model is"));
    let announced = response.headers().get("content-length").ok().flatten().and_then(|n| n.parse::<u64>().ok());
    if announced.is_some_and(|n| n > u64::from(MAX_BYTES)) {
        return Err(too_long());
    }
    let body = JsFuture::from(response.array_buffer().map_err(failed)?).await.map_err(failed)?;
    let bytes = Uint8Array::new(&body);
    if bytes.length() > MAX_BYTES {
        return Err(too_long());
    }
    Ok(bytes.to_vec())
}
