package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The API reference, statement by statement: one test for each row of {@link OrderStatements} and {@link ResultStatements}. */
class ReferenceContractTest {

    private static final List<Statement> TABLE = Stream.of(OrderStatements.rows(), ResultStatements.rows())
            .flatMap(List::stream)
            .toList();

    private static final Set<String> TESTS = testNames();

    @AutoClose
    final TestPlatform platform = new TestPlatform(Map.of());

    @TestFactory
    Stream<DynamicContainer> theReferenceHolds() {
        return bySection().entrySet().stream()
                .map(section -> dynamicContainer(section.getKey(), section.getValue().stream()));
    }

    @Test
    void noStatementStandsTwice() {
        assertThat(TABLE).extracting(row -> row.section() + ": " + row.text()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotCoveredSaysWhy() {
        var open = TABLE.stream().flatMap(row -> row instanceof Statement.NotCovered left ? Stream.of(left) : null);
        assertThat(open).allSatisfy(row -> assertThat(row.why()).hasSizeGreaterThan(20));
    }

    private Map<String, List<DynamicTest>> bySection() {
        return TABLE.stream()
                .filter(row -> !(row instanceof Statement.NotCovered))
                .collect(Collectors.groupingBy(
                        Statement::section,
                        LinkedHashMap::new,
                        Collectors.mapping(row -> dynamicTest(row.text(), () -> check(row)), Collectors.toList())));
    }

    private void check(Statement row) {
        switch (row) {
            case Statement.Checked statement -> {
                serveBothQueues();
                statement.check().accept(new ContractClient(platform));
            }
            case Statement.ShownBy statement -> assertThat(TESTS).contains(statement.test());
            case Statement.NotCovered statement -> throw new IllegalStateException(statement.why());
        }
    }

    /** A queue without an engine of its own takes orders while a worker is seen. What earlier statements left in it is cleared away. */
    private void serveBothQueues() {
        var worker = platform.newWorker("wan_queue");
        for (var left = worker.lease(0); left.isPresent(); left = worker.lease(0)) {
            worker.fail(left.get(), "left over");
        }
    }

    /** The names of all test classes of the project, in every module. */
    private static Set<String> testNames() {
        try (var modules = Files.newDirectoryStream(Path.of(".."), module -> Files.exists(module.resolve("pom.xml")))) {
            return StreamSupport.stream(modules.spliterator(), false)
                    .map(module -> module.resolve("src/test/java"))
                    .filter(Files::exists)
                    .flatMap(ReferenceContractTest::files)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
