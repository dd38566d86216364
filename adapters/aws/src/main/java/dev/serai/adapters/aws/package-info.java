/**
 * How AWS is told who asks: credentials and signature version 4. {@link
 * dev.serai.adapters.aws.AwsSigner} is the way in. AWS's own library is needed only where
 * credentials must be looked for; it is in a module of its own.
 */
@NullMarked
package dev.serai.adapters.aws;

import org.jspecify.annotations.NullMarked;
