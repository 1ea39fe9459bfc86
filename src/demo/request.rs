//! A request read off the wire: which service and operation is asked, about what, in which region.

use chrono::{DateTime, Utc};
use http::{HeaderMap, Request};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::lambda::routes::{self, Route};

/// The services the account answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Lambda,
    Logs,
    Sts,
}

impl Service {
    /// The media type of this service's answers.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Lambda => "application/json",
            Self::Logs => "application/x-amz-json-1.1",
            Self::Sts => "text/xml",
        }
    }
}

/// One request, understood as far as its address goes.
#[derive(Debug)]
pub(super) struct Asked {
    pub service: Service,
    /// AWS's name of the operation; method and path where there is none such.
    pub operation: String,
    /// The Lambda route that matched.
    pub route: Option<&'static Route>,
    pub region: String,
    /// The function, layer, mapping or log group asked about.
    pub name: Option<String>,
    /// The version or alias asked about, from the path, the query or the end of an ARN.
    pub qualifier: Option<String>,
    /// The account of the function asked about, where its ARN says it.
    pub owner: Option<String>,
    /// What the third open place of the path says: the statement of a policy.
    pub third: Option<String>,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// When it arrived.
    pub now: DateTime<Utc>,
}

impl Asked {
    /// Reads a request that arrived `now`.
    pub fn read(request: Request<Vec<u8>>, now: DateTime<Utc>) -> Self {
        let (parts, body) = request.into_parts();
        let query = pairs(parts.uri.query().unwrap_or_default());
        let (scope_region, scope_service) = credential_scope(&parts.headers);
        let target = header(&parts.headers, "x-amz-target").map(str::to_owned);
        let mut asked = Self {
            service: service(target.as_deref(), scope_service.as_deref(), &body),
            operation: format!("{} {}", parts.method, parts.uri.path()),
            route: None,
            region: scope_region.unwrap_or_else(|| "us-east-1".to_owned()),
            name: None,
            qualifier: None,
            owner: None,
            third: None,
            query,
            headers: parts.headers,
            body,
            now,
        };
        match asked.service {
            Service::Lambda => asked.follow_route(parts.method.as_str(), parts.uri.path()),
            Service::Logs => asked.read_target(target.as_deref().unwrap_or_default()),
            Service::Sts => asked.read_form(),
        }
        asked
    }

    /// A value of the query string.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// The body as JSON; `Null` when there is none or it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The body, where it is worth keeping beside the journal.
    pub fn said(&self) -> Value {
        /// What lambdash itself says is short; packages and payloads are not.
        const LONGEST: usize = 65_536;
        if self.operation == "Invoke" || self.body.len() > LONGEST { Value::Null } else { self.json() }
    }

    /// The line of the journal: operation, what about, and what else tells two requests apart.
    pub fn line(&self) -> String {
        let mut line = self.operation.clone();
        if let Some(name) = &self.name {
            line.push(' ');
            line.push_str(name);
            if let Some(qualifier) = &self.qualifier {
                line.push(':');
                line.push_str(qualifier);
            }
        }
        if let Some(third) = &self.third {
            line.push(' ');
            line.push_str(third);
        }
        if self.operation == "Invoke" {
            line.push(' ');
            line.push_str(self.header("x-amz-invocation-type").unwrap_or("RequestResponse"));
        }
        line
    }

    fn follow_route(&mut self, method: &str, path: &str) {
        let Some((route, places)) = routes::find(method, path, &self.query) else { return };
        self.route = Some(route);
        self.operation = route.operation.to_owned();
        let mut places = places.into_iter();
        if let Some(place) = places.next() {
            self.owner = owner(&place);
            let (name, qualifier) = named(&place);
            self.name = Some(name);
            self.qualifier = qualifier;
        }
        let second = places.next().or_else(|| self.parameter("Qualifier").map(str::to_owned));
        if second.is_some() {
            self.qualifier = second;
        }
        self.third = places.next();
        if self.name.is_none() {
            let given = ["FunctionName", "Arn"].iter().find_map(|name| self.parameter(name)).map(str::to_owned);
            self.owner = given.as_deref().and_then(owner);
            self.name = given.map(|name| named(&name).0);
        }
    }

    fn read_target(&mut self, target: &str) {
        let operation = target.rsplit('.').next().unwrap_or(target);
        operation.clone_into(&mut self.operation);
        let body = self.json();
        let group = |name: &str| name.split(":log-group:").last().unwrap_or(name).trim_end_matches(":*").to_owned();
        let one = ["logGroupName", "logGroupIdentifier"].iter().find_map(|key| body.get(key).and_then(Value::as_str));
        // A session or a query of several groups goes by the names of all of them.
        let some = ["logGroupIdentifiers", "logGroupNames"].iter().find_map(|key| body.get(key)?.as_array());
        let some = some.map(|names| names.iter().filter_map(Value::as_str).map(group).collect::<Vec<_>>().join("+"));
        let query = || body.get("queryId").and_then(Value::as_str).map(str::to_owned);
        self.name = one.map(group).or(some).or_else(query);
    }

    fn read_form(&mut self) {
        let form = pairs(&String::from_utf8_lossy(&self.body));
        if let Some((_, action)) = form.iter().find(|(key, _)| key == "Action") {
            self.operation.clone_from(action);
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn service(target: Option<&str>, scope: Option<&str>, body: &[u8]) -> Service {
    if target.is_some_and(|target| target.starts_with("Logs_20140328.")) || scope == Some("logs") {
        Service::Logs
    } else if scope == Some("sts") || body.starts_with(b"Action=") {
        Service::Sts
    } else {
        Service::Lambda
    }
}

/// Region and service out of the Signature 4 `Authorization` header: `Credential=KEY/DATE/REGION/SERVICE/aws4_request`.
fn credential_scope(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let scope = header(headers, "authorization").and_then(|text| text.split("Credential=").nth(1)).unwrap_or_default();
    let mut parts = scope.split('/').skip(2).map(str::to_owned);
    (parts.next(), parts.next())
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let decode = |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect()
}

/// Name and qualifier out of any spelling of a function: name, `name:alias`, ARN, partial ARN.
/// What is no function (a layer's ARN, a UUID) comes back as it is.
fn named(text: &str) -> (String, Option<String>) {
    let tail = text.split_once("function:").map_or(text, |(_, tail)| tail);
    match tail.split_once(':') {
        Some((name, qualifier)) if !tail.starts_with("arn:") => (name.to_owned(), Some(qualifier.to_owned())),
        _ => (tail.to_owned(), None),
    }
}

/// The account in a function's ARN, or in a part of one.
fn owner(text: &str) -> Option<String> {
    let (head, _) = text.split_once(":function:")?;
    head.rsplit(':').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Asked {
        let mut builder = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        Asked::read(builder.body(body.as_bytes().to_vec()).unwrap(), DateTime::UNIX_EPOCH)
    }

    #[test]
    fn region_and_service_come_from_the_credential_scope() {
        let scope = "AWS4-HMAC-SHA256 Credential=AKIA/20261121/eu-west-1/lambda/aws4_request, SignedHeaders=host";
        let asked = ask("GET", "/2015-03-31/functions/", &[("authorization", scope)], "");
        assert_eq!((asked.operation.as_str(), asked.region.as_str()), ("ListFunctions", "eu-west-1"));
    }

    #[test]
    fn a_function_may_be_named_in_four_ways() {
        for spelling in [
            "orders-api:live",
            "arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Aorders-api%3Alive",
            "123456789012:function:orders-api:live",
            "orders-api?Qualifier=live",
        ] {
            let asked = ask("GET", &format!("/2015-03-31/functions/{spelling}"), &[], "");
            assert_eq!(asked.line(), "GetFunction orders-api:live", "{spelling}");
        }
    }

    #[test]
    fn an_invocation_tells_its_type_in_the_journal() {
        let path = "/2015-03-31/functions/orders-api/invocations";
        let asked = ask("POST", path, &[("x-amz-invocation-type", "Event")], "{}");
        assert_eq!(asked.line(), "Invoke orders-api Event");
        assert_eq!(ask("POST", path, &[], "{}").line(), "Invoke orders-api RequestResponse");
    }

    #[test]
    fn logs_and_sts_are_told_by_target_and_form() {
        let target = [("x-amz-target", "Logs_20140328.FilterLogEvents")];
        let asked = ask("POST", "/", &target, "{\"logGroupName\":\"/aws/lambda/a\"}");
        assert_eq!((asked.service, asked.line().as_str()), (Service::Logs, "FilterLogEvents /aws/lambda/a"));
        let asked = ask("POST", "/", &[], "Action=GetCallerIdentity&Version=2011-06-15");
        assert_eq!((asked.service, asked.line().as_str()), (Service::Sts, "GetCallerIdentity"));
    }

    #[test]
    fn what_nobody_knows_keeps_method_and_path() {
        assert_eq!(ask("PUT", "/2099-01-01/wishes", &[], "").line(), "PUT /2099-01-01/wishes");
    }
}
