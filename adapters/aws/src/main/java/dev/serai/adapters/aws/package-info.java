/**
 * Authentication of requests to AWS: credentials and signature version 4. {@link
 * dev.serai.adapters.aws.AwsSigner} is the entry point. The AWS SDK is needed only to load
 * credentials; it is in a module of its own.
 */
@NullMarked
package dev.serai.adapters.aws;

import org.jspecify.annotations.NullMarked;
