package clientkpis.local.service;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/// An HTTP server on the loopback address.
public final class Loopback implements AutoCloseable {
    private final Server server;

    /// @param port 0: the system picks one
    Loopback(int port, Handler handler) throws Exception {
        this.server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(handler);
        server.setStopTimeout(0);
        server.start();
    }

    /// What a server answers to a request, which may set the status and headers of the response.
    public interface Answer {
        String to(Request request, Response response) throws Exception;
    }

    /// A server of AWS's JSON protocols: each answer has a content type and a request id.
    public static Loopback json(int port, String contentType, Answer answer) throws Exception {
        return new Loopback(port, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                response.getHeaders().put("Content-Type", contentType);
                response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
                Content.Sink.write(response, true, answer.to(request, response), callback);
                return true;
            }
        });
    }

    public String endpoint() {
        return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
