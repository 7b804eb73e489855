package com.ourvidz.server;

import com.ourvidz.adapters.sql.Database;
import com.ourvidz.adapters.sql.SqlLedger;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.server.event.JobStreams;
import com.ourvidz.server.supervise.WorkerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.FileSystemUtils;

/** A real platform on a free port and in a folder of its own, without local workers. */
class TestPlatform implements AutoCloseable {

    /** One platform for all tests that do not ask for special settings; users keep them apart. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == TestPlatform.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(TestPlatform.class, key -> new TestPlatform(Map.of()), TestPlatform.class);
        }
    }

    private final Path data;
    private final Platform platform;

    TestPlatform(Map<String, String> settings) {
        this(settings, TestPlatform::noWorker);
    }

    TestPlatform(Map<String, String> settings, WorkerCommand workers) {
        this(settings, workers, JobStreams.Settings.USUAL);
    }

    /** One whose event streams are kept otherwise. */
    TestPlatform(JobStreams.Settings streams) {
        this(Map.of(), TestPlatform::noWorker, streams);
    }

    /** One below which something breaks. */
    TestPlatform(Map<String, String> settings, Faults faults) {
        this(settings, TestPlatform::noWorker, JobStreams.Settings.USUAL, faults);
    }

    private TestPlatform(Map<String, String> settings, WorkerCommand workers, JobStreams.Settings streams) {
        this(settings, workers, streams, new BeanPostProcessor() {});
    }

    private TestPlatform(
            Map<String, String> settings,
            WorkerCommand workers,
            JobStreams.Settings streams,
            BeanPostProcessor around) {
        try {
            data = Files.createTempDirectory("ourvidz");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        platform = Platform.start(settings(settings), workers, streams, around);
    }

    private static List<String> noWorker(Queue queue) {
        throw new AssertionError("no worker was asked for");
    }

    Settings settings(Map<String, String> more) {
        var all = new HashMap<>(Map.of(
                "OURVIDZ_PORT",
                "0",
                "OURVIDZ_DATA",
                data.toString(),
                "OURVIDZ_WORKERS",
                "none",
                "OURVIDZ_RATE_LIMIT",
                "0",
                "OURVIDZ_READ_RATE_LIMIT",
                "0"));
        all.putAll(more);
        return Settings.read(all);
    }

    Platform platform() {
        return platform;
    }

    Path data() {
        return data;
    }

    static String newName() {
        return "user-" + UUID.randomUUID();
    }

    /** Somebody whom the platform has never seen. */
    Client newUser() {
        return user(newName());
    }

    Client user(String name) {
        return withToken(platform.token(name));
    }

    Client withToken(String token) {
        return new Client(platform.url(), Optional.of(token));
    }

    Client stranger() {
        return new Client(platform.url(), Optional.empty());
    }

    String workerKey() {
        try {
            return Files.readString(data.resolve("worker.key")).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    TestWorker newWorker() {
        return newWorker("sdxl_queue");
    }

    TestWorker newWorker(String queue) {
        return new TestWorker(withToken(workerKey()), "worker-" + UUID.randomUUID(), queue);
    }

    long balance(String user) {
        return ledger(books -> books.balance(user));
    }

    List<String> discrepancies() {
        return ledger(SqlLedger::discrepancies);
    }

    /** Reads the books from the outside, through a connection of its own. */
    private <T> T ledger(Function<SqlLedger, T> question) {
        try (var database = Database.sqlite(data.resolve("ourvidz.db"))) {
            return question.apply(new SqlLedger(database));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        platform.close();
        FileSystemUtils.deleteRecursively(data);
    }
}
