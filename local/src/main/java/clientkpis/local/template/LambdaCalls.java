package clientkpis.local.template;

import clientkpis.local.template.Rights.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What Lambda itself does with the role of a function: it reads the function's queue or stream, writes its log and its
/// traces, and sends on what failed.
public final class LambdaCalls {
    private LambdaCalls() {}

    public static List<Call> of(Template template, Resource function) {
        List<Call> calls = new ArrayList<>();
        for (Resource mapping : template.mappings(function)) {
            String source = mapping.text("EventSourceArn");
            if (source.startsWith("arn:aws:sqs:")) {
                calls.addAll(calls(source, "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"));
            } else {
                calls.addAll(
                        calls(source, "dynamodb:DescribeStream", "dynamodb:GetShardIterator", "dynamodb:GetRecords"));
                calls.addAll(calls("*", "dynamodb:ListStreams"));
            }
            calls.addAll(sending(mapping.properties()
                    .at("/DestinationConfig/OnFailure/Destination")
                    .asText()));
        }
        calls.addAll(sending(function.get("DeadLetterQueue").path("TargetArn").asText()));
        String group = function.get("LoggingConfig").path("LogGroup").asText();
        template.all("AWS::Logs::LogGroup").stream()
                .filter(one -> one.name().equals(group))
                .forEach(one -> calls.addAll(calls(one.arn(), "logs:CreateLogStream", "logs:PutLogEvents")));
        if (function.get("Tracing").asText().equals("Active")) {
            calls.addAll(calls("*", "xray:PutTraceSegments", "xray:PutTelemetryRecords"));
        }
        return calls;
    }

    /// Lambda makes no mapping that it could not serve.
    ///
    /// @throws TemplateException if the function's role does not allow what Lambda does with it
    public static void check(Template template, Resource function) {
        Rights rights = new Rights(template.grants(function));
        for (Call call : of(template, function)) {
            if (!rights.allow(call)) {
                throw function.error("its role does not allow " + call.action() + " on " + call.resource());
            }
        }
    }

    private static List<Call> sending(String queue) {
        return queue.isEmpty() ? List.of() : calls(queue, "sqs:SendMessage");
    }

    private static List<Call> calls(String resource, String... actions) {
        return Stream.of(actions)
                .map(action -> new Call(action, resource, Map.of()))
                .toList();
    }
}
