package clientkpis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions in processes of their own have the memory and the time of the template, and no more.
class OwnProcessesTest {
    private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();

    @TempDir
    static Path folder;

    private static LocalCloud cloud;

    @BeforeAll
    static void start() throws Exception {
        Outside.write(folder);
        cloud = ToyStack.start(folder, """
            AWSTemplateFormatVersion: "2010-09-09"
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Outside:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: java25
                  Handler: outside.Outside
                  CodeUri: outside.zip
                  MemorySize: 128
                  Timeout: 60
                  Environment: { Variables: { ANSWER: "42" } }
              Hurried:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: java25
                  Handler: outside.Outside
                  CodeUri: outside.zip
                  MemorySize: 128
                  Timeout: 5
                  Environment: { Variables: { ANSWER: "42" } }
            """, Options.defaults().withLog(LOG::add).withOwnProcesses());
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void anInstanceIsKeptForTheNextEventAndKnowsItsMemory() throws Exception {
        assertThat(cloud.invoke("Outside", "0")).startsWith("42 client-kpis-Outside ");
        int before = kept();
        cloud.invoke("Outside", "5");

        assertThat(kept()).isEqualTo(before + 5);
        assertThat(LOG).contains("It has 128 MB");
    }

    private static int kept() throws InterruptedException {
        return Integer.parseInt(cloud.invoke("Outside", "0").replaceFirst(".* ", ""));
    }

    @Test
    void whatNeedsMoreMemoryEndsAndTheNextEventGetsANewInstance() throws Exception {
        assertThatThrownBy(() -> cloud.invoke("Outside", "120")).hasMessage("Runtime exited with code 3");

        assertThat(cloud.invoke("Outside", "20")).isEqualTo("42 client-kpis-Outside 20");
    }

    @Test
    void aFailureIsToldAndTheInstanceIsKept() throws Exception {
        int before = kept();

        assertThatThrownBy(() -> cloud.invoke("Outside", "13")).hasMessageContaining("Not thirteen");
        assertThat(kept()).isEqualTo(before + 13);
    }

    @Test
    void anInvocationPastItsTimeoutIsEnded() {
        Set<Long> before = instances();
        long began = System.nanoTime();
        assertThatThrownBy(() -> cloud.invoke("Hurried", "-1")).hasMessage("Task timed out after 5 seconds");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        assertThat(instances()).isEqualTo(before);
    }

    private static Set<Long> instances() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("InstanceProcess"))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }
}
