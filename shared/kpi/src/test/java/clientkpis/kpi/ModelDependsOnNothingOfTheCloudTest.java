package clientkpis.kpi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The model is replayed, tested and reasoned about without a store or a wire format; this keeps it so. The one engine
/// that it borrows matches the patterns of rules, and reads them as the JSON that they are.
@AnalyzeClasses(packages = "clientkpis.kpi", importOptions = DoNotIncludeTests.class)
class ModelDependsOnNothingOfTheCloudTest {

    @ArchTest
    static final ArchRule theModelKnowsOnlyJavaAndNullness = classes()
            .that()
            .resideInAPackage("clientkpis.kpi..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "clientkpis.kpi..",
                    "java..",
                    "org.jspecify..",
                    "software.amazon.event.ruler..",
                    "com.fasterxml.jackson.core..");
}
