# docker build --tag rollcall .
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# The image has a Node.js of its own: the one among the optional packages stays behind.
RUN npm run prepack && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    ROLLCALL_HOST=0.0.0.0 \
    ROLLCALL_DATA=/data
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bin bin
COPY --from=build /app/dist dist
# What rollcall call knows of the operations.
COPY --from=build /app/docs/reference/catalogue.json docs/reference/
COPY --from=build /app/deploy/healthcheck.mjs deploy/
RUN ln -s /app/bin/rollcall.cjs /usr/local/bin/rollcall && install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["node", "/app/deploy/healthcheck.mjs"]
ENTRYPOINT ["rollcall"]
CMD ["serve"]
