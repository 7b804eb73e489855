package com.ourvidz.diffusion.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings that the native libraries read once, when they are loaded. Each can be made from outside, and is then left alone. */
final class LibTorch {

    private static final Logger LOGGER = LoggerFactory.getLogger(LibTorch.class);
    private static final FunctionDescriptor SETENV =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

    static {
        freeByScopeOnly();
        waitAsleep();
        useHugePages();
        NativeHeap.returnLargeTensors();
    }

    private LibTorch() {}

    /** Makes sure that the settings are made; for the static blocks of what is used first. */
    static void setUp() {}

    /**
     * By default JavaCPP lets the garbage collector free tensors too, and limits the process to a multiple of the Java heap. Here scopes free
     * everything, and models are larger than the heap.
     */
    private static void freeByScopeOnly() {
        setProperty("org.bytedeco.javacpp.nopointergc", "true");
        setProperty("org.bytedeco.javacpp.maxbytes", "0");
        setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }

    private static void setProperty(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * By default OpenMP's threads spin while they wait for one another. When something else wants a core too, the thread that all wait for is
     * the one that is not running: pictures then took ten times as long and more.
     */
    private static void waitAsleep() {
        setEnvironment("OMP_WAIT_POLICY", "passive");
    }

    /** Full-resolution feature maps are fresh memory of 100 MB each, and half their time goes into touching it in small pages. */
    private static void useHugePages() {
        setEnvironment("THP_MEM_ALLOC_ENABLE", "1");
    }

    /** Sets a variable of this process, for which Java has no method: {@link System#getenv} shows a copy. */
    private static void setEnvironment(String name, String value) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv"); // none on Windows
        if (setenv.isPresent() && System.getenv(name) == null) {
            call(linker.downcallHandle(setenv.get(), SETENV), name, value);
        }
    }

    private static void call(MethodHandle setenv, String name, String value) {
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            LOGGER.debug("setenv {}={} gave {}", name, value, failed);
        } catch (Throwable e) {
            throw new IllegalStateException("setenv cannot be called", e);
        }
    }
}
