package clientkpis.local.template;

/// The template says something that the local cloud does not support, or that is wrong. The message names the resource,
/// the property and the line.
public final class TemplateException extends RuntimeException {
    TemplateException(String message) {
        super(message);
    }
}
