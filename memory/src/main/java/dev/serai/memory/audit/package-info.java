/**
 * Stores the audit log in files: one JSON object a line, each with the hash of the one before.
 * Several gateways with the same folder append to the same log.
 */
@NullMarked
package dev.serai.memory.audit;

import org.jspecify.annotations.NullMarked;
