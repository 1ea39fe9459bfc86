//! Where the program reaches the world.

use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// Where tasks reach the world; tests and the demo reach another one.
#[derive(Clone, Default)]
pub struct Ports {
    /// Answers requests in place of the network.
    pub http: Option<SharedHttpClient>,
    /// The folder for lists kept between runs; `None` keeps none.
    pub cache: Option<std::path::PathBuf>,
    /// The folder for what a person saves; `None` saves nothing.
    pub data: Option<std::path::PathBuf>,
    /// The folder that relative names of files lead to; `None` is the one the program was started in.
    pub here: Option<std::path::PathBuf>,
}
