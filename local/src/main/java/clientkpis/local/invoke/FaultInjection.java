package clientkpis.local.invoke;

import clientkpis.local.invoke.Faults.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Carries out the faults that concern single attempts of the SDK, below its retries, and batches that are carried out
/// in part. The SDK finds this class as it finds [RequestRecorder].
public final class FaultInjection implements ExecutionInterceptor {
    private static final ExecutionAttribute<AtomicInteger> ATTEMPTS =
            new ExecutionAttribute<>("clientkpis.local.attempts");
    private static final ExecutionAttribute<PartOfBatch> PART = new ExecutionAttribute<>("clientkpis.local.part");
    private static final int SERVER_ERROR = 500;

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        attributes.putAttribute(ATTEMPTS, new AtomicInteger());
        if (attributes.getAttribute(RequestRecorder.FAULT) != Fault.PARTIAL) {
            return context.request();
        }
        PartOfBatch part = PartOfBatch.of(context.request());
        attributes.putAttribute(PART, part);
        return part.carriedOut();
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        PartOfBatch part = attributes.getAttribute(PART);
        return part == null ? context.response() : part.answered(context.response());
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        int attempt = attributes.getAttribute(ATTEMPTS).incrementAndGet();
        Invocation invocation = Invocation.current();
        Fault fault = attributes.getAttribute(RequestRecorder.FAULT);
        if (invocation == null || fault == null) {
            return;
        }
        if (invocation.isDead()) {
            throw Refusals.died();
        }
        if (fault == Fault.SLOWED && attempt <= Fault.SLOWED_ATTEMPTS) {
            throw Refusals.throttled(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME), context.request());
        }
        if (fault == Fault.CONFLICT && attempt == 1) {
            throw Refusals.conflict(context.request());
        }
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!isLost(attributes)) {
            return context.httpResponse();
        }
        if (context.httpResponse().isSuccessful()) {
            RequestRecorder.record(context.request(), attributes, List.of(), true);
        }
        return SdkHttpResponse.builder().statusCode(SERVER_ERROR).build();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        if (!isLost(attributes)) {
            return context.responseBody();
        }
        String body =
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME).equals("S3")
                        ? "<Error><Code>InternalError</Code><Message>The answer was lost</Message></Error>"
                        : "{\"__type\": \"InternalServerError\", \"message\": \"The answer was lost\"}";
        return replaced(context, body);
    }

    /// Another body instead of the one that came. That is read to its end, or else its connection is not free for
    /// others.
    static Optional<InputStream> replaced(Context.ModifyHttpResponse context, String body) {
        context.responseBody().ifPresent(FaultInjection::readToItsEnd);
        return context.httpRequest().method() == SdkHttpMethod.HEAD
                ? Optional.empty()
                : Optional.of(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isLost(ExecutionAttributes attributes) {
        return attributes.getAttribute(RequestRecorder.FAULT) == Fault.LOST
                && attributes.getAttribute(ATTEMPTS).get() == 1;
    }

    private static void readToItsEnd(InputStream content) {
        try (content) {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
