//! Size labels as people write them, the systems they are written in, and where they lie on a fit group's axis.

mod system;

pub use system::System;
