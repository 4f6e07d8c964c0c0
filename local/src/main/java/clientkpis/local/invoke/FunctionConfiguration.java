package clientkpis.local.invoke;

import java.time.Duration;
import java.util.Map;

/// A function as Lambda would start it.
///
/// @param id its logical id
/// @param code its zip, as the template names it
/// @param memory megabytes
/// @param environment its variables in the template, and those that lead its clients here
public record FunctionConfiguration(
        String id,
        String name,
        String arn,
        String code,
        String handler,
        int memory,
        Duration timeout,
        Map<String, String> environment) {}
