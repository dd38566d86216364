package dev.serai.core.fair;

import dev.serai.core.fair.rules.Qos;

/**
 * Who wants to send an attempt, and until when.
 *
 * @param session the flow within the tenant
 * @param qos the class of the call
 * @param deadlineNanos ticker time until which it waits; within a session the earliest is first
 */
public record FairDemand(String tenant, String session, Qos qos, long deadlineNanos) {}
