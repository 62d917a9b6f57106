"""A server others reach. It refuses to start while something is unsafe."""

import os

from django.core.exceptions import ImproperlyConfigured

from yumiao.config.settings.base import *  # noqa: F403

DEBUG = False
LOOPBACK_ONLY = False
SECRET_KEY = os.environ.get("YUMIAO_SECRET_KEY", "")
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("YUMIAO_HOSTS", "").split(",") if host.strip()]

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("YUMIAO_SECRET_KEY 未设置或少于 50 个字符。请生成一个随机密钥并写入环境变量。")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("YUMIAO_HOSTS 未设置或含有 *。请写明本系统的主机名，多个以逗号分隔。")

SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sid", "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
# The proxy in front must set this header itself and strip it from what clients send.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
