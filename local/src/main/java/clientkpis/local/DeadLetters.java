package clientkpis.local;

import clientkpis.local.service.DeadLetter;
import clientkpis.local.service.Queues;
import clientkpis.local.template.Resource;
import clientkpis.local.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// All work that was given up: the messages in the template's dead-letter queues, and what has no such queue.
final class DeadLetters implements Consumer<DeadLetter> {
    private final ConcurrentLinkedQueue<DeadLetter> lost = new ConcurrentLinkedQueue<>();
    private final List<Resource> deadLetterQueues;
    private final Queues queues;
    private final Consumer<String> log;

    DeadLetters(Template template, Queues queues, Consumer<String> log) {
        this.deadLetterQueues = template.all("AWS::SQS::Queue").stream()
                .filter(queue -> takesDeadLetters(queue, template))
                .toList();
        this.queues = queues;
        this.log = log;
    }

    /// Records work that has no dead-letter queue.
    @Override
    public void accept(DeadLetter letter) {
        lost.add(letter);
        log.accept("Lost: " + letter);
    }

    List<DeadLetter> all() throws InterruptedException {
        List<DeadLetter> letters = new ArrayList<>(lost);
        for (Resource queue : deadLetterQueues) {
            List<Queues.Message> messages = queues.receive(queue.name(), Integer.MAX_VALUE, Duration.ZERO);
            for (Queues.Message message : messages) {
                letters.add(new DeadLetter(queue.id(), "given up after its retries", message.body()));
                queues.again(queue.name(), message.receipt(), Duration.ZERO);
            }
        }
        return letters;
    }

    private static boolean takesDeadLetters(Resource queue, Template template) {
        return template.all("AWS::SQS::Queue").stream()
                        .anyMatch(other -> other.get("RedrivePolicy")
                                .path("deadLetterTargetArn")
                                .asText()
                                .equals(queue.arn()))
                || Stream.of("AWS::Serverless::Function", "AWS::Lambda::EventSourceMapping", "AWS::Events::Rule")
                        .flatMap(type -> template.all(type).stream())
                        .anyMatch(other -> isFailureDestination(other.properties(), queue.arn()));
    }

    private static boolean isFailureDestination(JsonNode node, String arn) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            boolean names =
                    Set.of("DeadLetterConfig", "DeadLetterQueue", "OnFailure").contains(entry.getKey())
                            && entry.getValue().properties().stream()
                                    .anyMatch(one -> one.getValue().asText().equals(arn));
            if (names || isFailureDestination(entry.getValue(), arn)) {
                return true;
            }
        }
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            if (isFailureDestination(element, arn)) {
                return true;
            }
        }
        return false;
    }
}
