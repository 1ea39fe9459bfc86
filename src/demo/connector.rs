//! The SDK's HTTP connector, answered in process: `--demo` opens no port.

use std::io::{Error, ErrorKind};

pub use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use futures_util::TryStreamExt as _;
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};

use super::{Answer, Demo, Pieces};

/// An HTTP client for the SDK whose far end is the account.
#[must_use]
pub fn http_client(demo: Demo) -> SharedHttpClient {
    let connector = SharedHttpConnector::new(Connector { demo });
    http_client_fn(move |_settings, _components| connector.clone())
}

#[derive(Debug)]
struct Connector {
    demo: Demo,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let demo = self.demo.clone();
        HttpConnectorFuture::new(async move {
            let request = understood(request).await?;
            match demo.handle(request).await {
                Answer::Response(response) => delivered(response.map(SdkBody::from)),
                Answer::Stream(stream) => delivered(stream.map(body)),
                Answer::Reset => Err(lost(ErrorKind::ConnectionReset, "connection reset by peer")),
                Answer::Truncated(_) => {
                    Err(lost(ErrorKind::UnexpectedEof, "connection closed before message completed"))
                }
                Answer::Hang => std::future::pending().await,
            }
        })
    }
}

/// The SDK's request as the account reads it, all of its pieces.
async fn understood(request: HttpRequest) -> Result<http::Request<Vec<u8>>, ConnectorError> {
    let request = request.try_into_http1x().map_err(|error| ConnectorError::user(error.into()))?;
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(ConnectorError::user)?;
    Ok(http::Request::from_parts(parts, body.to_bytes().to_vec()))
}

fn delivered(response: http::Response<SdkBody>) -> Result<HttpResponse, ConnectorError> {
    HttpResponse::try_from(response).map_err(|error| ConnectorError::user(error.into()))
}

/// A body whose pieces come when it is their time.
fn body(pieces: Pieces) -> SdkBody {
    SdkBody::from_body_1_x(StreamBody::new(pieces.stream().map_ok(Frame::data)))
}

fn lost(kind: ErrorKind, why: &str) -> ConnectorError {
    ConnectorError::io(Error::new(kind, why).into())
}
