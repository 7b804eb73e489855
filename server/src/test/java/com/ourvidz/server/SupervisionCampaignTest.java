package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.server.supervise.WorkerCommand;
import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** Real worker processes, which crash and are killed. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(60)
class SupervisionCampaignTest {

    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(
                Map.of("OURVIDZ_WORKERS", "sdxl_queue"), WorkerCommand.jvm(FragileWorker.class.getName(), "64m"));
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    @Order(1)
    void line48AWorkerKilledInTheMiddleOfAJobIsReplacedAtOnceAndTheJobCompletes() throws InterruptedException {
        var name = TestPlatform.newName();
        var user = platform.user(name);
        var job = user.ordered("hang: a red lighthouse");
        until(() -> status(user, job).equals("processing"));
        workers().forEach(ProcessHandle::destroyForcibly);
        until(() -> status(user, job).equals("completed"));
        assertThat(user.job(job).get("attempt").asInt()).isEqualTo(2);
        assertThat(user.get("/api/assets").ok().get("assets")).hasSize(1);
        assertThat(platform.balance(name)).isEqualTo(999);
    }

    @Test
    @Order(2)
    void line51AJobThatCrashesItsWorkerThreeTimesFailsAndItsNeighboursLive() throws InterruptedException {
        var name = TestPlatform.newName();
        var user = platform.user(name);
        var deadly = user.ordered("crash: a street market");
        var neighbour = user.ordered("a fox in snow");
        until(() ->
                status(user, deadly).equals("failed") && status(user, neighbour).equals("completed"));
        assertThat(user.job(deadly).get("attempt").asInt()).isEqualTo(3);
        assertThat(user.job(deadly).get("error_message").asString()).isNotBlank();
        assertThat(platform.balance(name)).isEqualTo(999);
        assertThat(platform.discrepancies()).isEmpty();
    }

    @Test
    @Order(3)
    void workersEndWithThePlatform() {
        var workers = workers().toList();
        assertThat(workers).isNotEmpty();
        platform.platform().close();
        assertThat(workers).noneMatch(ProcessHandle::isAlive);
    }

    private static String status(Client user, String job) {
        return user.job(job).get("status").asString();
    }

    /** The timeout of the test is the deadline. */
    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(50);
        }
    }

    /** The only children that the tests' JVM has. */
    private static Stream<ProcessHandle> workers() {
        return ProcessHandle.current().children();
    }
}
