//! The core in the browser. Everything here converts between JavaScript's values and the core's;
//! nothing decides.
//!
//! What JavaScript sees is documented for people in `ts/`; this is its engine room. What is thrown
//! is a text that says what is wrong with a model's bytes; `ts/wasm.ts` makes an error of it.

/// Half the size of the standard library's allocator, and no slower.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

mod advice;
mod given;
mod model;
mod shopper;
mod wire;

pub use model::Model;
pub use shopper::Shopper;
