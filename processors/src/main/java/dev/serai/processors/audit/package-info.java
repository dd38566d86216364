/**
 * The steps of {@code routes/audit.camel.yaml}: they show and check the audit log. {@code
 * gateway/edge/caller} writes it.
 */
@NullMarked
package dev.serai.processors.audit;

import org.jspecify.annotations.NullMarked;
