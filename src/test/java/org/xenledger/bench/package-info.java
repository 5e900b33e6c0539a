// SPDX-License-Identifier: Apache-2.0
/** Measures what docs/performance.md promises: {@code mvn -Pbench verify}. Nothing here is a test. */
package org.xenledger.bench;
