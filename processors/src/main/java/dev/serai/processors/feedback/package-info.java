/** Steps of {@code routes/feedback.camel.yaml}: feedback about calls that have ended. */
@NullMarked
package dev.serai.processors.feedback;

import org.jspecify.annotations.NullMarked;
