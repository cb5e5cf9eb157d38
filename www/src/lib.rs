//! The engine that the npm package runs in the browser: it converts between JavaScript's values and
//! the core's, and leaves every decision to the core.
//!
//! `ts/` wraps it in the documented API. A thrown value is a text that says what was wrong;
//! `ts/engine/wasm.ts` makes an `Error` of it.

/// Half the size of the standard library's allocator, and no slower.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

mod advice;
mod input;
mod model;
mod protocol;
mod shared;
mod shopper;
mod timing;
mod wire;

pub use model::Model;
pub use shopper::Shopper;
