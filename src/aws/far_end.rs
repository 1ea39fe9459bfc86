//! For the tests of this room: a far end in this process that answers from a script and keeps a journal.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

use super::{Aws, Patience, Ports, Target, Traffic, connect};

/// What the far end does with one request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Status, headers, body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// The connection breaks.
    Reset,
    /// There is none to break.
    Refused,
    /// Nothing comes, ever.
    Silence,
}

impl Reply {
    pub fn json(body: &str) -> Self {
        Self::Answer(200, vec![], body.to_owned())
    }

    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let body = format!(r#"{{"message":"{message}"}}"#);
        Self::Answer(
            status,
            vec![("x-amzn-errortype", code.to_owned()), ("x-amzn-requestid", "req-1".to_owned())],
            body,
        )
    }
}

#[derive(Clone, Debug, Default)]
pub struct FarEnd {
    script: Arc<Mutex<VecDeque<Reply>>>,
    journal: Arc<Mutex<Vec<String>>>,
    traffic: Arc<Mutex<Vec<Traffic>>>,
}

impl FarEnd {
    /// Answers the requests in this order; the last reply is repeated for ever.
    pub fn of(script: impl IntoIterator<Item = Reply>) -> Self {
        let far_end = Self::default();
        far_end.script.lock().unwrap().extend(script);
        far_end
    }

    /// Method, path and query, and body of each request.
    pub fn journal(&self) -> Vec<String> {
        self.journal.lock().unwrap().clone()
    }

    pub fn traffic(&self) -> Vec<Traffic> {
        self.traffic.lock().unwrap().clone()
    }

    pub async fn aws(&self) -> Aws {
        self.session(false, Patience::default()).await
    }

    /// A session that waits only so long.
    pub async fn impatient(&self, patience: Patience) -> Aws {
        self.session(false, patience).await
    }

    pub async fn read_only(&self) -> Aws {
        self.session(true, Patience::default()).await
    }

    async fn session(&self, read_only: bool, patience: Patience) -> Aws {
        let (connector, traffic) = (SharedHttpConnector::new(self.clone()), Arc::clone(&self.traffic));
        let ports = Ports {
            http: Some(http_client_fn(move |_, _| connector.clone())),
            watch: Arc::new(move |event| traffic.lock().unwrap().push(event)),
            patience,
        };
        let target = Target { region: Some("eu-west-1".to_owned()), read_only, ..Target::default() };
        connect(&target, ports).await.unwrap()
    }

    fn next(&self) -> Reply {
        let mut script = self.script.lock().unwrap();
        if script.len() > 1 { script.pop_front().unwrap() } else { script.front().cloned().unwrap_or(Reply::Silence) }
    }
}

impl HttpConnector for FarEnd {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let uri: http::Uri = request.uri().parse().unwrap();
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
        let line = format!("{} {} {body}", request.method(), uri.path_and_query().unwrap());
        self.journal.lock().unwrap().push(line.trim().to_owned());
        let io = |kind| Err(ConnectorError::io(std::io::Error::from(kind).into()));
        match self.next() {
            Reply::Answer(status, headers, body) => {
                let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
                for (name, value) in headers {
                    response.headers_mut().insert(name, value);
                }
                HttpConnectorFuture::ready(Ok(response))
            }
            Reply::Reset => HttpConnectorFuture::ready(io(std::io::ErrorKind::ConnectionReset)),
            Reply::Refused => HttpConnectorFuture::ready(io(std::io::ErrorKind::ConnectionRefused)),
            Reply::Silence => HttpConnectorFuture::new(std::future::pending()),
        }
    }
}
