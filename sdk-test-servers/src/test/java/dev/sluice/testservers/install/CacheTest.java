// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

    @TempDir
    private Path root;

    @Test
    void anEntryIsFilledOnceHoweverManyAskForIt() throws Exception {
        CountDownLatch filling = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        Cache.Filling slow = folder -> {
            times.incrementAndGet();
            filling.countDown();
            awaitQuietly(mayEnd);
            Files.writeString(folder.resolve("file"), "whole");
        };

        CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> entry(slow));
        filling.await();
        CompletableFuture<Path> second = CompletableFuture.supplyAsync(() -> entry(slow));
        assertThat(root.resolve("name")).doesNotExist();
        mayEnd.countDown();

        assertThat(first.get()).isEqualTo(second.get()).isDirectoryContaining("glob:**/file");
        assertThat(times).hasValue(1);
    }

    @Test
    void whatCouldNotBeFilledLeavesNothingAndIsTriedAgain() throws Exception {
        Cache cache = new Cache(root);
        assertThatThrownBy(() -> cache.entry("name", folder -> {
                    Files.writeString(folder.resolve("half"), "x");
                    throw new NotAvailableException("no luck");
                }))
                .isInstanceOf(NotAvailableException.class)
                .hasMessage("no luck");

        Path entry = cache.entry("name", folder -> Files.writeString(folder.resolve("file"), "whole"));

        assertThat(entry).isDirectoryNotContaining("glob:**/half").isDirectoryContaining("glob:**/file");
    }

    @Test
    void whatADeadProcessLeftUnfinishedIsDoneAnew() throws Exception {
        Files.createDirectories(root.resolve("name.unfinished"));
        Files.writeString(root.resolve("name.unfinished/half"), "x");

        Path entry = new Cache(root).entry("name", folder -> Files.writeString(folder.resolve("file"), "whole"));

        assertThat(entry).isDirectoryNotContaining("glob:**/half");
    }

    private Path entry(Cache.Filling filling) {
        try {
            return new Cache(root).entry("name", filling);
        } catch (NotAvailableException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
