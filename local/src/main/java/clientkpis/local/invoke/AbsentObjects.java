package clientkpis.local.invoke;

import clientkpis.local.invoke.Requests.Access;
import clientkpis.local.template.Rights.Call;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/// S3 says "not found" only to a function that may list the bucket; to others an absent object is "forbidden". The SDK
/// finds this class as it finds [RequestRecorder].
public final class AbsentObjects implements ExecutionInterceptor {
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final String BODY = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return isHidden(context)
                ? SdkHttpResponse.builder().statusCode(FORBIDDEN).build()
                : context.httpResponse();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return isHidden(context) ? FaultInjection.replaced(context, BODY) : context.responseBody();
    }

    private static boolean isHidden(Context.ModifyHttpResponse context) {
        Invocation invocation = Invocation.current();
        if (invocation == null || context.httpResponse().statusCode() != NOT_FOUND) {
            return false;
        }
        List<Access> needed = Accesses.ofAbsence(context.request());
        return needed.stream()
                .anyMatch(access -> !invocation
                        .function()
                        .rights()
                        .allow(new Call(access.action(), "arn:aws:s3:::" + access.resource(), access.context())));
    }
}
