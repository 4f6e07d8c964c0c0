package clientkpis.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clientkpis.local.ToyStack;
import clientkpis.local.service.QueuePolicies;
import clientkpis.local.template.Template.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
    private static final Place PLACE = new Place("st", "sa-east-1", "123456789012", "http://127.0.0.1:1");

    private static final String LOOP = """
          Fn::ForEach::Names:
            - name
            - [one, two]
            - ${name}Queue:
                Type: AWS::SQS::Queue
                Properties:
                  VisibilityTimeout: !FindInMap [Names, !Ref name, Timeout, DefaultValue: 9]
              ${name}Rule:
                Type: AWS::Events::Rule
                Properties:
                  EventPattern:
                    detail: {object: {key: [prefix: !Sub "${AWS::StackName}/${name}/"]}}
                  Targets: [{Id: queue, Arn: !GetAtt [!Sub "${name}Queue", Arn]}]
        """;

    @TempDir
    Path folder;

    private String toy = "";

    @BeforeEach
    void readToy() throws IOException {
        toy = ToyStack.read("/toy.yaml");
    }

    @Test
    void outputsAreResolved() throws IOException {
        assertThat(template(toy).outputs())
                .containsEntry("Bucket", "st-data-123456789012")
                .containsEntry("Bus", "arn:aws:events:sa-east-1:123456789012:event-bus/st-events")
                .containsEntry("Parts", "a-y-quiet")
                .containsEntry("Picked", "in//${literal}/st-CopyQueue");
    }

    @Test
    void parametersAndConditionsDecideWhatThereIs() throws IOException {
        Path file = ToyStack.write(folder, toy);

        assertThat(template(toy).all("AWS::CloudWatch::Alarm")).isEmpty();
        Template loud = Template.read(file, PLACE, Map.of("Alarms", "yes"));
        assertThat(loud.all("AWS::CloudWatch::Alarm")).hasSize(1);
        assertThat(loud.outputs()).containsEntry("Parts", "a-y-loud");
        assertThat(loud.get("Tell", "AWS::Serverless::Function")
                        .properties()
                        .at("/Environment/Variables/SOURCE")
                        .asText())
                .isEqualTo("never");
    }

    @Test
    void globalsAreMergedIntoEveryFunction() throws IOException {
        Resource tell = template(toy).get("Tell", "AWS::Serverless::Function");

        assertThat(tell.text("Runtime")).isEqualTo("java25");
        assertThat(tell.properties().at("/Environment/Variables").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("NOTES", "BUS", "SOURCE");
    }

    @Test
    void refAndGetAttGiveWhatCloudFormationGives() throws IOException {
        Resource mapping = template(toy).get("CopyMapping", "AWS::Lambda::EventSourceMapping");
        Resource queue = template(toy).get("CopyQueue", "AWS::SQS::Queue");

        assertThat(mapping.text("EventSourceArn")).isEqualTo("arn:aws:sqs:sa-east-1:123456789012:st-CopyQueue");
        assertThat(queue.get("RedrivePolicy").path("deadLetterTargetArn").asText())
                .isEqualTo("arn:aws:sqs:sa-east-1:123456789012:st-CopyDeadLetters");
        assertThat(template(toy)
                        .get("CopyQueuePolicy", "AWS::SQS::QueuePolicy")
                        .get("Queues")
                        .path(0)
                        .asText())
                .isEqualTo("http://127.0.0.1:1/123456789012/st-CopyQueue");
    }

    @Test
    void aLoopIsItsBodyOncePerName() throws IOException {
        Template template = template(withLoop(LOOP));

        assertThat(template.all("AWS::SQS::Queue"))
                .extracting(Resource::id)
                .containsExactly("oneQueue", "twoQueue", "CopyQueue", "CopyDeadLetters", "TellFailures", "Asked");
        assertThat(template.all("AWS::Events::Rule"))
                .filteredOn(rule -> rule.id().endsWith("Rule"))
                .extracting(rule -> rule.get("Targets").path(0).path("Arn").asText())
                .containsExactly(
                        "arn:aws:sqs:sa-east-1:123456789012:st-oneQueue",
                        "arn:aws:sqs:sa-east-1:123456789012:st-twoQueue");
        assertThat(template.all("AWS::Events::Rule"))
                .filteredOn(rule -> rule.id().endsWith("Rule"))
                .extracting(rule -> rule.get("EventPattern").at("/detail/object/key"))
                .extracting(key -> key.path(0).path("prefix").asText())
                .containsExactly("st/one/", "st/two/");
    }

    @Test
    void aMappingHasAValuePerNameOrTheDefault() throws IOException {
        assertThat(template(withLoop(LOOP)).all("AWS::SQS::Queue"))
                .filteredOn(queue -> queue.id().matches("[a-z]+Queue"))
                .extracting(queue -> queue.get("VisibilityTimeout").asInt())
                .containsExactly(7, 9);
        assertRejected(
                withLoop(LOOP.replace(", DefaultValue: 9]", "]")),
                "twoQueue.Properties.VisibilityTimeout finds nothing in the mappings");
    }

    @Test
    void anUnknownPropertyInALoopIsAnErrorThatSaysWhere() {
        String text = withLoop(LOOP.replace("VisibilityTimeout", "FifoQueue"));
        long line = text.substring(0, text.indexOf("FifoQueue")).lines().count();

        assertRejected(
                text, "oneQueue has the property FifoQueue, which is not supported here (template.yaml:" + line + ")");
    }

    @Test
    void aLoopThatCloudFormationRejectsIsAnError() {
        assertRejected(withLoop(LOOP).replace("AWS::LanguageExtensions, ", ""), "need the transform AWS::Language");
        assertRejected(
                withLoop(LOOP).replace("AWS::LanguageExtensions", "AWS::Include"), "the transforms [AWS::Include");
        assertRejected(withLoop(LOOP.replace("[one, two]", "one")), "Fn::ForEach::Names needs a variable");
        assertRejected(withLoop(LOOP.replace("[one, two]", "[one, one]")), "oneQueue twice");
        assertRejected(withLoop(LOOP.replace("!Ref name,", "!Ref other,")), "refers to other");
    }

    @Test
    void anUnknownResourceTypeIsAnError() {
        assertRejected(
                toy.replace("AWS::CloudWatch::Alarm", "AWS::Kinesis::Stream"),
                "CopyAlarm is of the type AWS::Kinesis::Stream, which is not supported here (template.yaml:");
    }

    @Test
    void anUnknownPropertyIsAnErrorThatSaysWhere() {
        assertRejected(
                toy.replace("VisibilityTimeout: 60", "FifoQueue: true"),
                "CopyQueue has the property FifoQueue, which is not supported here (template.yaml:61)");
    }

    @Test
    void anUnknownPropertyInsideAnotherIsAnError() {
        assertRejected(toy.replace("maxReceiveCount", "maximumReceiveCount"), "RedrivePolicy.maximumReceiveCount");
        assertRejected(toy.replace("{ Id: copy, Arn", "{ Id: copy, InputPath: $.detail, Arn"), "Targets.InputPath");
        assertRejected(toy.replace("ScalingConfig: {", "ScalingConfig: { Other: 1,"), "CopyMapping has the property");
    }

    @Test
    void anUnknownTriggerIsAnError() {
        assertRejected(toy.replace("Type: ScheduleV2", "Type: Api"), "Tell has an event of the type Api");
        assertRejected(toy.replace("Type: ScheduleV2", "Type: SQS"), "Tell has an event of the type SQS");
    }

    @Test
    void aRightThatIsNotWrittenInTheTemplateIsAnError() {
        assertRejected(
                toy.replace("Role: !GetAtt CopyRole.Arn", "Policies: AWSLambdaSQSQueueExecutionRole"),
                "Copy has the property Policies");
        assertRejected(
                toy.replaceFirst("( +)Policies:", "$1ManagedPolicyArns: [x]\n$0"),
                "CopyRole has the property ManagedPolicyArns");
    }

    @Test
    void aRoleAllowsWhatItsPoliciesSay() throws IOException {
        Template template = template(toy);
        Resource copy = template.get("Copy", "AWS::Serverless::Function");

        assertThat(template.grants(copy))
                .extracting(Grant::actions)
                .containsExactly(
                        List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
                        List.of("s3:GetObjectVersion"),
                        List.of("dynamodb:PutItem"));
    }

    @Test
    void aMappingThatTheRoleDoesNotAllowIsAnError() throws IOException {
        Template whole = template(toy);
        Template lacking = template(toy.replace("\"sqs:DeleteMessage\", ", ""));

        LambdaCalls.check(whole, whole.get("Copy", "AWS::Serverless::Function"));
        assertThatThrownBy(() -> LambdaCalls.check(lacking, lacking.get("Copy", "AWS::Serverless::Function")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("its role does not allow sqs:DeleteMessage on arn:aws:sqs:");
    }

    @Test
    void anUnknownIntrinsicIsAnError() {
        assertRejected(toy.replace("!Sub \"${AWS::StackName}-events\"", "!ImportValue x"), "Fn::ImportValue");
    }

    @Test
    void aReferenceToNothingIsAnError() {
        assertRejected(toy.replace("NOTES: !Ref Notes", "NOTES: !Ref Nothing"), "refers to Nothing");
        assertRejected(toy.replace("!GetAtt Events.Arn", "!GetAtt Events.Color"), "refers to Events.Color");
    }

    @Test
    void anUnknownParameterIsAnError() throws IOException {
        Path file = ToyStack.write(folder, toy);

        assertThatThrownBy(() -> Template.read(file, PLACE, Map.of("Alarm", "yes")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("no parameter Alarm");
    }

    @Test
    void aPolicyThatAllowsAnotherRuleDoesNotAllowThisOne() throws IOException {
        Template template = template(toy);
        QueuePolicies policies =
                new QueuePolicies(template.all("AWS::SQS::Queue"), template.all("AWS::SQS::QueuePolicy"));
        List<Resource> rules = template.all("AWS::Events::Rule");

        assertThat(policies.allows("st-CopyQueue", rules.get(0).arn())).isTrue();
        assertThat(policies.allows("st-CopyQueue", rules.get(1).arn())).isFalse();
        assertThat(policies.allows("st-CopyDeadLetters", rules.get(0).arn())).isFalse();
        assertThat(policies.allows("made-by-a-client", rules.get(1).arn())).isTrue();
    }

    /// The toy with one more transform, a mapping, and a loop.
    private String withLoop(String loop) {
        return toy.replace("Transform: AWS::Serverless", "Transform: [AWS::LanguageExtensions, AWS::Serverless")
                .replace("-2016-10-31", "-2016-10-31]")
                .replace("\nResources:\n", "\nMappings: {Names: {one: {Timeout: 7}}}\n\nResources:\n" + loop);
    }

    private Template template(String text) throws IOException {
        Path file = ToyStack.write(folder, text);
        return Template.read(file, PLACE, Map.of());
    }

    private void assertRejected(String text, String message) {
        assertThat(text).isNotEqualTo(toy);
        assertThatThrownBy(
                        () -> Template.read(Files.writeString(folder.resolve("template.yaml"), text), PLACE, Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(message);
    }
}
