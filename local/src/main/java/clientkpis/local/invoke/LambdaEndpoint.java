package clientkpis.local.invoke;

import clientkpis.json.Json;
import clientkpis.local.invoke.Activity.Span;
import clientkpis.local.invoke.LambdaFunction.Outcome;
import clientkpis.local.service.Loopback;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// Lambda's wire protocol for `Invoke`, the one operation that callers of functions use.
public final class LambdaEndpoint {
    /// The function's name or ARN, with or without the only version.
    private static final Pattern PATH = Pattern.compile(
            "/2015-03-31/functions/(?:arn:aws:lambda:[^:/]*:\\d*:function:)?([^:/]+)(?::\\$LATEST)?/invocations");

    private final Map<String, LambdaFunction> functions;
    private final AsynchronousInvocations asynchronous;
    private final Activity activity;

    private LambdaEndpoint(
            Map<String, LambdaFunction> functions, AsynchronousInvocations asynchronous, Activity activity) {
        this.functions = functions;
        this.asynchronous = asynchronous;
        this.activity = activity;
    }

    /// @param functions by their physical names
    public static Loopback start(
            Map<String, LambdaFunction> functions, AsynchronousInvocations asynchronous, Activity activity, int port)
            throws Exception {
        return Loopback.json(port, "application/json", new LambdaEndpoint(functions, asynchronous, activity)::answer);
    }

    private String answer(Request request, Response response) throws Exception {
        Matcher path = PATH.matcher(String.valueOf(request.getHttpURI().getDecodedPath()));
        if (!request.getMethod().equals("POST") || !path.matches()) {
            return rejected(response, 404, "UnknownOperationException", "Only Invoke is supported here.");
        }
        LambdaFunction function = functions.get(path.group(1));
        if (function == null) {
            return rejected(response, 404, "ResourceNotFoundException", "Function not found: " + path.group(1));
        }
        String given = Content.Source.asString(request, StandardCharsets.UTF_8);
        String event = given.isEmpty() ? "{}" : given;
        try {
            Json.parse(event);
        } catch (UncheckedIOException e) {
            return rejected(
                    response,
                    400,
                    "InvalidRequestContentException",
                    "Could not parse request body into json: " + e.getMessage());
        }
        String type = request.getHeaders().get("X-Amz-Invocation-Type");
        return switch (type == null ? "RequestResponse" : type) {
            case "RequestResponse" -> invoke(function, event, response);
            case "Event" -> {
                asynchronous.start(function, event);
                response.setStatus(202);
                yield "";
            }
            default ->
                rejected(
                        response,
                        400,
                        "InvalidParameterValueException",
                        "The invocation type " + type + " is not supported here.");
        };
    }

    private String invoke(LambdaFunction function, String event, Response response) throws InterruptedException {
        Outcome outcome;
        try (Span _ = activity.begin("function " + function.id())) {
            outcome = function.invoke(event);
        }
        response.setStatus(200);
        response.getHeaders().put("X-Amz-Executed-Version", "$LATEST");
        if (!outcome.failed()) {
            // A handler that writes nothing answers null.
            return outcome.answer().isEmpty() ? "null" : outcome.answer();
        }
        response.getHeaders().put("X-Amz-Function-Error", "Unhandled");
        return Json.text(Json.object().put("errorMessage", outcome.error()));
    }

    private static String rejected(Response response, int status, String code, String message) {
        response.setStatus(status);
        response.getHeaders().put("X-Amzn-ErrorType", code);
        return Json.text(Json.object().put("Type", "User").put("Message", message));
    }
}
