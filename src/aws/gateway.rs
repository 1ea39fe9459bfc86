//! The one place every request passes: read-only mode, the rate budget, and the count of calls.

use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextRef,
    Input,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse, Metadata};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use aws_sdk_lambda::operation::invoke::InvokeInput;
use aws_sdk_lambda::types::InvocationType;

use super::budget::{Asker, Budget};
use super::text::Text;
use super::traffic::{Flight, Traffic, TrafficEvent, Watch};

/// A change that the read-only session did not let out.
#[derive(Debug, thiserror::Error)]
#[error("{operation} changes the account and this session is read-only; nothing was sent")]
pub(super) struct Refused {
    operation: String,
}

/// Which budget an operation draws on. Limits: "Lambda quotas" and "`CloudWatch` Logs quotas" in
/// the AWS documentation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    /// Invocations, and other services: not ours to ration.
    Free,
    /// 100 a second for `GetFunction` alone.
    GetFunction,
    /// 15 a second for the rest of Lambda's control plane together.
    Control,
    /// 5 a second for `FilterLogEvents`.
    Logs,
}

/// The stamp an interceptor leaves on a request for the connector, which knows no operations.
#[derive(Clone, Debug)]
struct Stamp {
    operation: Text,
    class: Class,
    asker: Asker,
}

/// The gate itself, shared by all clients of a session.
pub(super) struct Gate {
    read_only: bool,
    get_function: Budget,
    control: Budget,
    logs: Budget,
    watch: Watch,
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gate").field("read_only", &self.read_only).finish_non_exhaustive()
    }
}

impl Gate {
    /// A gate with full budgets.
    pub fn new(read_only: bool, watch: Watch) -> Self {
        Self {
            read_only,
            get_function: Budget::new(100.0, 0.0),
            // One is kept back for each: what a person sends never waits for a refresh, nor what follows it for cells
            // of other rows, and a jitter of the network of up to 1/15 s does not make us exceed the limit where it is
            // counted.
            control: Budget::new(15.0, 1.0),
            logs: Budget::new(5.0, 0.0),
            watch,
        }
    }

    fn budget(&self, class: Class) -> Option<&Budget> {
        match class {
            Class::Free => None,
            Class::GetFunction => Some(&self.get_function),
            Class::Control => Some(&self.control),
            Class::Logs => Some(&self.logs),
        }
    }

    fn report(&self, operation: &Text, event: TrafficEvent) {
        let rate_halved = [&self.get_function, &self.control, &self.logs].iter().any(|budget| budget.is_slowed());
        (self.watch)(Traffic { operation: operation.clone(), event, rate_halved });
    }
}

/// An operation that cannot change anything, by the way AWS names them. A dry run of an invocation
/// only checks the permission.
fn is_read(operation: &str, input: Option<&Input>) -> bool {
    let dry = || input.and_then(|input| input.downcast_ref::<InvokeInput>()).and_then(InvokeInput::invocation_type);
    match operation {
        "Invoke" => dry() == Some(&InvocationType::DryRun),
        // Queries and tails of logs are read, though they are "started".
        "StartLiveTail" | "StartQuery" | "StopQuery" => true,
        _ => ["Get", "List", "Describe", "Filter"].iter().any(|verb| operation.starts_with(verb)),
    }
}

fn class_of(service: &str, operation: &str) -> Class {
    match (service, operation) {
        (_, "FilterLogEvents") => Class::Logs,
        ("Lambda", "GetFunction") => Class::GetFunction,
        ("Lambda", operation) if operation.starts_with("Invoke") => Class::Free,
        ("Lambda", _) => Class::Control,
        _ => Class::Free,
    }
}

/// The half of the gate that knows operations.
#[derive(Clone, Debug)]
pub(super) struct GateInterceptor {
    gate: Arc<Gate>,
    /// Who reads.
    reader: Asker,
}

impl GateInterceptor {
    /// For clients of which each reads as this asker.
    pub fn new(gate: &Arc<Gate>, reader: Asker) -> Self {
        Self { gate: Arc::clone(gate), reader }
    }
}

#[dyn_dispatch_hint]
impl Intercept for GateInterceptor {
    fn name(&self) -> &'static str {
        "Gate"
    }

    // The first hook at which the name of the operation is known.
    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let operation = cfg.load::<Metadata>().map_or("an unnamed operation", Metadata::name);
        if self.gate.read_only && !is_read(operation, Some(context.input())) {
            return Err(Refused { operation: operation.to_owned() }.into());
        }
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(metadata) = cfg.load::<Metadata>() {
            let class = class_of(metadata.service(), metadata.name());
            let asker = if is_read(metadata.name(), None) { self.reader } else { Asker::Person };
            context.request_mut().add_extension(Stamp { operation: Text::line(metadata.name()), class, asker });
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(response), Some(metadata)) = (context.response(), cfg.load::<Metadata>()) {
            let budget = self.gate.budget(class_of(metadata.service(), metadata.name()));
            let event = match budget.filter(|_| is_throttle(response)) {
                Some(budget) => {
                    budget.throttled();
                    TrafficEvent::Throttled
                }
                None => TrafficEvent::Answered { status: response.status().as_u16() },
            };
            self.gate.report(&Text::line(metadata.name()), event);
        }
        Ok(())
    }
}

/// AWS asks to slow down: by status, by the name in the header, or by the name in the body.
fn is_throttle(response: &HttpResponse) -> bool {
    let status = response.status().as_u16();
    let named =
        |name: &str| name.contains("Throttl") || name.contains("TooManyRequests") || name.contains("RequestLimit");
    match status {
        429 => true,
        400 | 503 => {
            let head = response.body().bytes().and_then(|body| body.get(..body.len().min(512))).unwrap_or_default();
            response.headers().get("x-amzn-errortype").map_or_else(|| named(&String::from_utf8_lossy(head)), named)
        }
        _ => false,
    }
}

/// The half of the gate that can wait: in front of every connection.
#[derive(Clone, Debug)]
pub(super) struct GatedClient {
    inner: SharedHttpClient,
    gate: Arc<Gate>,
}

impl GatedClient {
    /// Puts the gate in front of a client.
    pub fn new(inner: SharedHttpClient, gate: Arc<Gate>) -> Self {
        Self { inner, gate }
    }
}

impl HttpClient for GatedClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(GatedConnector { inner, gate: Arc::clone(&self.gate) })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.inner.connector_metadata()
    }
}

#[derive(Debug)]
struct GatedConnector {
    inner: SharedHttpConnector,
    gate: Arc<Gate>,
}

impl HttpConnector for GatedConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (inner, gate) = (self.inner.clone(), Arc::clone(&self.gate));
        HttpConnectorFuture::new(async move { pass(&inner, &gate, request).await })
    }
}

async fn pass(inner: &SharedHttpConnector, gate: &Gate, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let Some(Stamp { operation, class, asker }) = request.extension::<Stamp>().cloned() else {
        // No client of ours sends without the interceptor; if one ever does, it is refused rather
        // than let through unseen.
        return Err(ConnectorError::user(Refused { operation: "a request without a name".to_owned() }.into()));
    };
    if let Some(budget) = gate.budget(class) {
        budget.take(asker).await;
    }
    let mut flight = Flight::begin(|event| gate.report(&operation, event));
    let answer = inner.call(request).await;
    flight.ends(answer.is_err());
    answer
}

#[cfg(test)]
#[path = "gateway_tests.rs"]
mod tests;
