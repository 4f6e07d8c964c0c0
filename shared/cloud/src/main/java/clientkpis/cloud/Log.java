package clientkpis.cloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Log lines: one JSON object each, with no personal data and no client id but its short hash.
public final class Log {
    private final Context context;

    public Log(Context context) {
        this.context = context;
    }

    public void info(String message, Object... namesAndValues) {
        line("INFO", message, null, namesAndValues);
    }

    public void warn(String message, Object... namesAndValues) {
        line("WARN", message, null, namesAndValues);
    }

    /// An error with its stack trace. The exception's own message is left out: it may quote a value.
    public void error(String message, Throwable cause, Object... namesAndValues) {
        line("ERROR", message, cause, namesAndValues);
    }

    private void line(String level, String message, @Nullable Throwable cause, Object... namesAndValues) {
        ObjectNode line = Json.object()
                .put("level", level)
                .put("requestId", context.getAwsRequestId())
                .put("function", context.getFunctionName())
                .put("message", message);
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            line.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
        }
        if (cause != null) {
            StringBuilder trace = new StringBuilder();
            for (@Nullable Throwable t = cause; t != null; t = t.getCause()) {
                trace.append(t.getClass().getName());
                if (t instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
                    trace.append(" ").append(refused.awsErrorDetails().errorCode());
                }
                for (StackTraceElement element : t.getStackTrace()) {
                    if (element.getClassName().startsWith("clientkpis")) {
                        trace.append(" < ").append(element);
                    }
                }
                trace.append("; ");
            }
            line.put("error", trace.toString());
        }
        context.getLogger().log(Json.text(line) + "\n");
    }
}
