//! Keeps an answer as it came: more than any version of this program reads of it.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::Value;

/// The JSON of one answer, once it is here. Clones are the same.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    mask: fn(&mut Value),
    document: Arc<Mutex<Value>>,
}

impl Answered {
    /// `mask` takes out what must not be kept, before it is kept anywhere.
    pub fn masked(mask: fn(&mut Value)) -> Self {
        Self { mask, document: Arc::default() }
    }

    /// The answer, fields we do not know included; one that is no JSON as a string of itself. `Null` before it came.
    pub fn document(&self) -> Value {
        self.document.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[dyn_dispatch_hint]
impl Intercept for Answered {
    fn name(&self) -> &'static str {
        "Answered"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(body) = context.response().body().bytes() {
            let as_text = |_| Value::String(String::from_utf8_lossy(body).into_owned());
            let mut document = serde_json::from_slice(body).unwrap_or_else(as_text);
            (self.mask)(&mut document);
            *self.document.lock().unwrap_or_else(PoisonError::into_inner) = document;
        }
        Ok(())
    }
}
