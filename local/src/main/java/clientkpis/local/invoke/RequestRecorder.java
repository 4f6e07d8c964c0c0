package clientkpis.local.invoke;

import clientkpis.local.invoke.Faults.Fault;
import clientkpis.local.invoke.Requests.Access;
import clientkpis.local.invoke.Requests.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Records each request that a function makes, and asks which of them fail. The SDK finds this class by the resource
/// `software/amazon/awssdk/global/handlers/execution.interceptors`.
public final class RequestRecorder implements ExecutionInterceptor {
    static final ExecutionAttribute<Fault> FAULT = new ExecutionAttribute<>("clientkpis.local.fault");

    private static final int NOT_FOUND = 404;
    private static final Set<Integer> ANSWERS = Set.of(304, NOT_FOUND, 409, 412);

    /// Refuses a request of an invocation that is dead.
    public static void refuseDead() {
        Invocation invocation = Invocation.current();
        if (invocation != null && invocation.isDead()) {
            throw Refusals.died();
        }
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        Invocation invocation = Invocation.current();
        if (invocation == null) {
            return;
        }
        refuseDead();
        Request request = request(invocation, context.request(), attributes, true);
        Faults faults = invocation.engine().faults();
        Fault fault = faults == null ? Fault.NONE : faults.decide(request, invocation.event());
        if (!fault.canHappenTo(request)) {
            throw new IllegalArgumentException(fault + " cannot happen to " + request);
        }
        attributes.putAttribute(FAULT, fault);
        RuntimeException refused = switch (fault) {
            case BEFORE -> SdkClientException.create("This request was made to fail before it took effect");
            case THROTTLED -> Refusals.throttled(request.service(), context.request());
            case KILLED -> Refusals.died();
            default -> null;
        };
        if (fault == Fault.KILLED) {
            invocation.die();
        }
        if (refused != null) {
            record(context.request(), attributes, List.of(), false);
            throw refused;
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        record(context.request(), attributes, List.of(), true);
        if (attributes.getAttribute(FAULT) == Fault.AFTER) {
            throw SdkClientException.create("This request was made to fail after it took effect");
        }
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (attributes.getAttribute(FAULT) != Fault.AFTER) {
            record(context.request(), attributes, absence(context.request(), context.exception()), false);
            log(attributes, context.exception());
        }
    }

    /// A condition that does not hold and a missing object are answers; any other error is logged.
    private static void log(ExecutionAttributes attributes, Throwable error) {
        Invocation invocation = Invocation.current();
        boolean answer = (error instanceof AwsServiceException answered && ANSWERS.contains(answered.statusCode()))
                || error instanceof ConditionalCheckFailedException
                || error instanceof TransactionCanceledException;
        if (invocation != null && !answer) {
            invocation
                    .engine()
                    .log()
                    .accept(invocation.function().id()
                            + " " + attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
                            + " " + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME) + ": " + error);
        }
    }

    /// @param more what the request turned out to need as well
    static void record(SdkRequest made, ExecutionAttributes attributes, List<Access> more, boolean succeeded) {
        Invocation invocation = Invocation.current();
        if (invocation == null) {
            return;
        }
        Request request = request(invocation, made, attributes, succeeded);
        List<Access> accesses = new ArrayList<>(request.accesses());
        accesses.addAll(more);
        invocation
                .engine()
                .requests()
                .add(new Request(request.function(), request.service(), request.operation(), accesses, succeeded));
    }

    private static Request request(
            Invocation invocation, SdkRequest request, ExecutionAttributes attributes, boolean succeeded) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        return new Request(
                invocation.function().id(),
                attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                operation,
                Accesses.of(request, operation),
                succeeded);
    }

    private static List<Access> absence(SdkRequest request, Throwable error) {
        return error instanceof S3Exception answer && answer.statusCode() == NOT_FOUND
                ? Accesses.ofAbsence(request)
                : List.of();
    }
}
