package clientkpis.function;

import clientkpis.json.Json;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Log lines: one JSON object each, with `level`, `requestId`, `function`, `message`, the context, and values. Values
/// are counts, days and codes; never a cell, a text of a file, the key of an object or the id of a client.
public final class Log {
    private final Context context;
    private final String stack;
    private final LogContext about;

    /// @param stack the name of the stack, a dimension of every metric
    public Log(Context context, String stack) {
        this(context, stack, LogContext.NONE);
    }

    private Log(Context context, String stack, LogContext about) {
        this.context = context;
        this.stack = stack;
        this.about = about;
    }

    /// The same log with another context.
    public Log about(LogContext other) {
        return new Log(context, stack, other);
    }

    public void info(String message, Object... namesAndValues) {
        line("INFO", message, Map.of(), null, namesAndValues);
    }

    /// A line that also reports metrics.
    public void info(String message, Map<Metric, ? extends Number> measures, Object... namesAndValues) {
        line("INFO", message, measures, null, namesAndValues);
    }

    public void warn(String message, Object... namesAndValues) {
        line("WARN", message, Map.of(), null, namesAndValues);
    }

    /// A warning that also reports metrics.
    public void warn(String message, Map<Metric, ? extends Number> measures, Object... namesAndValues) {
        line("WARN", message, measures, null, namesAndValues);
    }

    /// An error with its stack trace. The message of the exception is left out, because it may quote a value.
    public void error(String message, Throwable cause, Object... namesAndValues) {
        line("ERROR", message, Map.of(), cause, namesAndValues);
    }

    /// An error that also reports metrics.
    public void error(String message, Throwable cause, Map<Metric, ? extends Number> measures) {
        line("ERROR", message, measures, cause);
    }

    private void line(
            String level,
            String message,
            Map<Metric, ? extends Number> measures,
            @Nullable Throwable cause,
            Object... namesAndValues) {
        ObjectNode line = Json.object()
                .put("level", level)
                .put("requestId", context.getAwsRequestId())
                .put("function", context.getFunctionName())
                .put("message", message);
        line.setAll(about.members());
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            put(line, String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        if (cause != null) {
            line.put("error", trace(cause));
        }
        if (!measures.isEmpty()) {
            Map<Metric, Number> ordered = new EnumMap<>(Metric.class);
            ordered.putAll(measures);
            line.put(Metric.STACK, stack);
            ordered.forEach((metric, value) -> put(line, metric.label(), value));
            line.set("_aws", Metric.directives(ordered.keySet(), System.currentTimeMillis()));
        }
        context.getLogger().log(Json.text(line) + "\n");
    }

    private static void put(ObjectNode line, String name, Object value) {
        if (value instanceof Number number) {
            line.put(name, new BigDecimal(number.toString()));
        } else {
            line.put(name, String.valueOf(value));
        }
    }

    private static String trace(Throwable cause) {
        StringBuilder trace = new StringBuilder();
        for (@Nullable Throwable t = cause; t != null; t = t.getCause()) {
            trace.append(t.getClass().getName());
            if (t instanceof AwsServiceException service && service.awsErrorDetails() != null) {
                trace.append(" ").append(service.awsErrorDetails().errorCode());
            }
            for (StackTraceElement element : t.getStackTrace()) {
                if (element.getClassName().startsWith("clientkpis")) {
                    trace.append(" < ").append(element);
                }
            }
            trace.append("; ");
        }
        return trace.toString();
    }
}
