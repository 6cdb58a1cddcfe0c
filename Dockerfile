# docker build --tag rollcall .
#
# A tag may be moved to another image; a digest names one. To build on exactly the image that you have checked:
#   docker pull node:24-bookworm-slim
#   docker build --tag rollcall --build-arg NODE_IMAGE="$(docker inspect --format '{{index .RepoDigests 0}}' node:24-bookworm-slim)" .
ARG NODE_IMAGE=node:24-bookworm-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# The image has its own Node.js, so the one among the optional packages is not copied.
RUN npm run prepack && npm prune --omit=dev --omit=optional --ignore-scripts

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    ROLLCALL_HOST=0.0.0.0 \
    ROLLCALL_DATA=/data
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/sbom.cdx.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bin bin
COPY --from=build /app/dist dist
# The catalogue for `rollcall call`.
COPY --from=build /app/docs/reference/catalogue.json docs/reference/
COPY --from=build /app/deploy/healthcheck.mjs deploy/
RUN ln -s /app/bin/rollcall.cjs /usr/local/bin/rollcall && install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8080 1883 8883
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["node", "/app/deploy/healthcheck.mjs"]
ENTRYPOINT ["rollcall"]
CMD ["serve"]
