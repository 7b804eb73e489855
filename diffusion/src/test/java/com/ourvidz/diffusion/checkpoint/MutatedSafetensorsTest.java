package com.ourvidz.diffusion.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A damaged file either still reads, or is refused with a message that names it. Nothing else happens, least of all a
 * crash.
 */
class MutatedSafetensorsTest {

    private static final int ROUNDS = 2000;
    private static final String HEADER = "{'__metadata__':{'format':'pt'},"
            + "'conv.weight':{'dtype':'F16','shape':[2,3],'data_offsets':[0,12]},"
            + "'conv.bias':{'dtype':'F32','shape':[2],'data_offsets':[12,20]},"
            + "'ids':{'dtype':'I64','shape':[1,2],'data_offsets':[20,36]}}";

    @TempDir
    Path folder;

    @Test
    void line75AnyDamageIsToldOrHarmless() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(Written.safetensors(file, HEADER, new byte[36]));
        Random random = new Random(75);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(file, damaged(whole, random));
            refused += isRefused(file) ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 2, ROUNDS - 1);
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length + 9) : whole.length);
        for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
            // Most damage to the header's length and text: the numbers behind them mean the same whatever they are.
            int at = random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 16 : whole.length));
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static boolean isRefused(Path file) {
        try (PointerScope _ = new PointerScope();
                Weights weights = Weights.open(file, ScalarType.Float)) {
            for (String name : weights.names()) {
                long[] shape =
                        weights.shape(name).stream().mapToLong(Long::longValue).toArray();
                assertThat(weights.get(name, shape).numel()).isLessThan(37);
            }
            return false;
        } catch (CheckpointException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return true;
        }
    }
}
