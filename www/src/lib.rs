//! The core in the browser. Everything here converts between JavaScript's values and the core's; nothing decides.
//!
//! What JavaScript sees is documented for people in `ts/`; this is its engine room. Errors are JavaScript `Error`s whose
//! `name` says what kind of thing went wrong (see [`error`]).

/// Half the size of the standard library's allocator, and no slower.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

mod advice;
pub mod error;
mod given;
mod model;
mod shopper;
mod wire;

pub use model::Model;
pub use shopper::Shopper;
