package clientkpis.local.instance;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Runs a handler: reads one event after the other from standard input and writes the answers to standard output, until
/// the input ends. Everything else goes to standard error.
public final class InstanceProcess {
    private InstanceProcess() {}

    /// @param arguments the handler, as the template names it
    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err);
        Handler handler = new Handler(arguments[0], InstanceProcess.class.getClassLoader(), System.getenv());
        try (DataInputStream events = new DataInputStream(System.in);
                DataOutputStream answers = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
            while (true) {
                LambdaContext context = context(events);
                String event = Wire.read(events);
                boolean failed = false;
                String said;
                try {
                    said = handler.handle(event, context);
                } catch (Exception e) {
                    failed = true;
                    StringWriter text = new StringWriter();
                    e.printStackTrace(new PrintWriter(text, true));
                    said = text.toString();
                }
                answers.writeBoolean(failed);
                Wire.write(answers, said);
                answers.flush();
            }
        } catch (EOFException e) {
            // The local cloud has ended, or needs this instance no more.
            System.exit(0);
        }
    }

    private static LambdaContext context(DataInputStream events) throws IOException {
        int millis = events.readInt();
        return new LambdaContext(
                Wire.read(events),
                System.getenv("AWS_LAMBDA_FUNCTION_NAME"),
                Wire.read(events),
                Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")),
                millis,
                System.err::println);
    }
}
