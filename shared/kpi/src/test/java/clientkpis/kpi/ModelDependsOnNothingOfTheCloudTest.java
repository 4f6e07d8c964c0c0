package clientkpis.kpi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Keeps the model free of stores and wire formats, so that it can be replayed, tested and reasoned about without them.
/// The only engine that it uses matches the patterns of rules, which are JSON.
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

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("clientkpis.(**)").should().beFreeOfCycles();
}
