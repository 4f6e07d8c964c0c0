package clientkpis.reading;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Dependencies between the packages go one way: a cell does not know in which file it is, nor a file what is made of
/// its rows.
@AnalyzeClasses(packages = "clientkpis.reading", importOptions = DoNotIncludeTests.class)
class PackagesTest {

    @ArchTest
    static final ArchRule readingBuildsOnFormatsAndFormatsOnCells = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("reading")
            .definedBy("clientkpis.reading")
            .layer("sort")
            .definedBy("clientkpis.reading.sort")
            .layer("format")
            .definedBy("clientkpis.reading.format", "clientkpis.reading.json")
            .layer("cell")
            .definedBy("clientkpis.reading.cell")
            .whereLayer("reading")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sort")
            .mayOnlyBeAccessedByLayers("reading")
            .whereLayer("format")
            .mayOnlyBeAccessedByLayers("reading", "sort");
}
