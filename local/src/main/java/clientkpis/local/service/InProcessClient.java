package clientkpis.local.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.embedded.DDBExceptionMappingInvocationHandler;

/// DynamoDB Local's own client: it does what its server does, without the server. So no request is written as JSON,
/// signed, sent, received and parsed, which takes as much as what it is about.
final class InProcessClient implements InvocationHandler {
    private final DynamoDbClient database;
    private final Set<String> writes;
    private final Runnable before;
    private final Runnable written;

    private InProcessClient(DynamoDbClient database, Set<String> writes, Runnable before, Runnable written) {
        this.database = database;
        this.writes = writes;
        this.before = before;
        this.written = written;
    }

    /// @param writes the operations that write
    /// @param before runs before each request, and may refuse it
    /// @param written runs after each write
    static DynamoDbClient of(DynamoDbClient database, Set<String> writes, Runnable before, Runnable written) {
        Set<String> methods = writes.stream()
                .map(operation -> Character.toLowerCase(operation.charAt(0)) + operation.substring(1))
                .collect(Collectors.toSet());
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                new InProcessClient(database, methods, before, written));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        before.run();
        try {
            return method.invoke(database, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof DynamoDBLocalServiceException refused) {
                // As the SDK's exception of that error; it is always thrown.
                DDBExceptionMappingInvocationHandler.handleDynamoDBLocalServiceException(refused);
            }
            throw e.getCause();
        } finally {
            if (writes.contains(method.getName())) {
                written.run();
            }
        }
    }
}
