// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.operation;

/**
 * A node of xenstore that is to be written.
 *
 * @param permissions as {@code xenstore-ls -p} prints them, the owner's first: {@code n0,r7}; empty where the node has those
 *     of its parent
 */
public record PlannedNode(String path, String value, String permissions) {}
