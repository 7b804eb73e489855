package com.ourvidz.core;

import java.util.UUID;

/**
 * What every write of a worker carries. The store compares all three; a word from an older attempt or another lease changes nothing.
 *
 * @param attempt from 1
 */
public record Fence(UUID jobId, int attempt, String leaseToken) {}
