package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.worker.LoadedModels.Model;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Loading that fails, with something small in the model's place. What a job says of it is in {@link LeaseLoopTest}. */
class ModelLoadCampaignTest {

    private static final Path CHECKPOINT = Path.of("../diffusion/src/test/resources/reference/quick-wan-vace");

    private final List<Duration> pauses = new ArrayList<>();
    private final LoadedModels models =
            new LoadedModels(new ModelMemory(Long.MAX_VALUE, Device.CPU), new Retries(pauses::add, new Random(7)));
    private int tries;

    @Test
    void line53AModelThatFailsTwiceToLoadIsLoadedTheThirdTimeAfterLongerAndLongerPauses() throws Exception {
        assertThat(models.use(failing(2), String::length)).isEqualTo("loaded".length());

        assertThat(tries).isEqualTo(3);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void line53AModelThatNeverLoadsIsTriedThreeTimesForEachJobThatNeedsIt() {
        var broken = failing(Integer.MAX_VALUE);

        for (var job = 1; job <= 2; job++) {
            assertThatThrownBy(() -> models.load(broken)).isInstanceOf(CheckpointException.class);
            assertThat(tries).isEqualTo(3 * job);
        }
        assertThat(broken.isLoaded()).isFalse();
    }

    /** Loads well after so many failures. */
    private Model<String> failing(int failures) {
        return new Model<>(
                "failing",
                CHECKPOINT,
                () -> {
                    if (++tries <= failures) {
                        throw new CheckpointException("The file is damaged.");
                    }
                    return "loaded";
                },
                loaded -> {});
    }
}
