package clientkpis.coldstart;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Where an X-Ray SDK sends its segments to, one a datagram. They wait in the socket until they are asked for.
final class TracingDaemon implements AutoCloseable {
    private static final int LARGEST = 65_535;

    private final DatagramSocket socket;

    TracingDaemon() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /// The value of `AWS_XRAY_DAEMON_ADDRESS`.
    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// What has come since the last call; that is over when nothing comes for as long as this.
    List<String> drain(Duration silence) throws IOException {
        List<String> drained = new ArrayList<>();
        socket.setSoTimeout((int) silence.toMillis());
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return drained;
            }
            drained.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
