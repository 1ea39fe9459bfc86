//! What each documented error of `Invoke` means to the person who sent it (API reference, "Invoke", "Errors").

use super::text::Text;

/// What an error means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// AWS's name of it.
    pub name: &'static str,
    /// What happened.
    pub sentence: &'static str,
    /// What to do.
    pub hint: &'static str,
}

const fn error(name: &'static str, sentence: &'static str, hint: &'static str) -> Meaning {
    Meaning { name, sentence, hint }
}

const AGAIN: &str = "Send it again in a moment.";
const VPC: &str = "Check the subnets and security groups in the function's configuration.";
const ACCESS_POINT: &str = "Check the access point, its policy, and the execution role's rights to mount.";

/// All of them, in the order of the reference.
pub static MEANINGS: [Meaning; 36] = [
    error(
        "DurableExecutionAlreadyStartedException",
        "This durable name is already used for this function.",
        "Open that execution, or choose another name.",
    ),
    error(
        "EC2AccessDeniedException",
        "The execution role lacks the EC2 network-interface permissions needed for the VPC.",
        "Attach AWSLambdaVPCAccessExecutionRole, or the like, to the role.",
    ),
    error("EC2ThrottledException", "EC2 throttled Lambda while it was setting up the VPC connection.", AGAIN),
    error("EC2UnexpectedException", "Unexpected EC2 error while preparing the VPC connection.", VPC),
    error(
        "EFSIOException",
        "Read or write error on the mounted file system.",
        "Check the file system's throughput and burst credits, then send it again.",
    ),
    error(
        "EFSMountConnectivityException",
        "Lambda cannot reach the EFS mount target.",
        "Check security groups (port 2049) and that every subnet has a mount target.",
    ),
    error(
        "EFSMountFailureException",
        "The EFS mount was refused: access point permission or configuration.",
        ACCESS_POINT,
    ),
    error("EFSMountTimeoutException", "EFS could be reached, but mounting timed out.", AGAIN),
    error(
        "ENILimitReachedException",
        "The network-interface limit of the VPC is reached.",
        "Free interfaces, or ask AWS to raise the limit, then send it again.",
    ),
    error("InvalidParameterValueException", "One of the parameters is not valid.", "AWS names it above; correct it."),
    error(
        "InvalidRequestContentException",
        "The payload is not valid JSON, or a header is invalid.",
        "Correct the payload; ctrl-l lays it out and shows where it is wrong.",
    ),
    error("InvalidRuntimeException", "The runtime is not supported any more.", "Change the function's runtime."),
    error("InvalidSecurityGroupIDException", "A security group of the function no longer exists or is not valid.", VPC),
    error("InvalidSubnetIDException", "A subnet of the function no longer exists or is not valid.", VPC),
    error("InvalidZipFileException", "The deployment package cannot be unzipped.", "Deploy the code again."),
    error(
        "KMSAccessDeniedException",
        "The environment variables cannot be decrypted: KMS access denied for the function.",
        "Give the execution role kms:Decrypt on the key.",
    ),
    error("KMSDisabledException", "The KMS key of the function is disabled.", "Enable the key, or choose another one."),
    error(
        "KMSInvalidStateException",
        "The KMS key is in a state that forbids decryption, for example pending deletion.",
        "Cancel the deletion, or choose another key.",
    ),
    error("KMSNotFoundException", "The KMS key of the function was not found.", "Choose a key that exists."),
    error(
        "NoPublishedVersionException",
        "The function has no published version.",
        "Publish one first, then invoke that.",
    ),
    error(
        "RecursiveInvocationException",
        "Stopped by recursive-loop detection: the function would have called itself.",
        "Break the loop, or allow it in the function's recursion setting.",
    ),
    error(
        "RequestTooLargeException",
        "The payload is over the limit: 6 MB synchronous, 1 MB as an event.",
        "Send less, or put the data into S3 and send its address.",
    ),
    error(
        "ResourceConflictException",
        "The function is being created or updated.",
        "Wait until its state is Active, then send it again.",
    ),
    error(
        "ResourceNotFoundException",
        "The function, version or alias does not exist (any more).",
        "Go back and refresh the list with r.",
    ),
    error(
        "ResourceNotReadyException",
        "The function was inactive; its VPC connection is being made again.",
        "Send it again in a minute.",
    ),
    error(
        "S3FilesMountConnectivityException",
        "Lambda cannot reach the S3 Files access point.",
        "Check security groups and subnets, then send it again.",
    ),
    error("S3FilesMountFailureException", "The S3 Files mount was refused: permission or configuration.", ACCESS_POINT),
    error("S3FilesMountTimeoutException", "Mounting S3 Files timed out.", AGAIN),
    error(
        "SerializedRequestEntityTooLargeException",
        "The request is too large once it is encoded.",
        "Send less: headers and client context count too.",
    ),
    error("ServiceException", "Lambda had an internal error.", "The function may or may not have run; its log knows."),
    error("SnapStartException", "The afterRestore hook of the function failed.", "The function's log says why."),
    error(
        "SnapStartNotReadyException",
        "SnapStart is still preparing the version.",
        "Wait until its state is Active, then send it again.",
    ),
    error("SnapStartTimeoutException", "Restoring the snapshot timed out.", AGAIN),
    error(
        "SubnetIPAddressLimitReachedException",
        "There is no free IP address in the function's subnets.",
        "Add a subnet, or free addresses, then send it again.",
    ),
    error(
        "TooManyRequestsException",
        "A limit of concurrency or of requests a second is reached; the function did not run.",
        "Wait a moment, then send it again.",
    ),
    error(
        "UnsupportedMediaTypeException",
        "The body was not declared to be JSON.",
        "A proxy may have changed the request's headers.",
    ),
];

/// What an error of that name means, if `Invoke` documents it.
pub fn meaning(name: &str) -> Option<&'static Meaning> {
    MEANINGS.iter().find(|meaning| meaning.name == name)
}

/// Which limit stopped an invocation, and what to do.
pub(super) fn throttle_hint(reason: &str) -> Text {
    Text::known(match reason {
        "ReservedFunctionConcurrentInvocationLimitExceeded" => {
            "The concurrency reserved for this function is used up (0 stops it altogether): raise the reservation."
        }
        "ReservedFunctionInvocationRateLimitExceeded" => {
            "A function takes ten requests a second for each execution reserved for it: raise the reservation, or send fewer."
        }
        "ConcurrentInvocationLimitExceeded" => {
            "The account's concurrency is used up: wait, or reserve some for this function."
        }
        "FunctionInvocationRateLimitExceeded" => {
            "The function takes ten requests a second for each execution it may have: send fewer."
        }
        "CallerRateLimitExceeded" => "Too many requests a second from this account: wait a moment.",
        "ConcurrentSnapshotCreateLimitExceeded" => "Too many snapshots are being made: wait a moment.",
        _ => "The function did not run. Wait a moment, then send it again.",
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_error_is_there_once_and_says_something() {
        let names: HashSet<&str> = MEANINGS.iter().map(|meaning| meaning.name).collect();
        assert_eq!(names.len(), 36);
        for meaning in &MEANINGS {
            assert!(meaning.sentence.ends_with('.') && meaning.hint.ends_with('.'), "{}", meaning.name);
        }
        assert!(meaning("KMSNotFoundException").is_some());
        assert_eq!(meaning("Nonsense"), None);
    }
}
